import { mock } from 'node:test'
import { sql } from 'drizzle-orm'
import t from 'tap'
import { boardsEvent, postEvent } from '../../src/forum/events.ts'
import { Cache } from '../../src/platform/cache/cache.ts'
import { atOnce } from '../support/at-once.ts'
import { startForum, type TestForum } from '../support/forum.ts'

const OPTIONS = { largest: 10_000, sizeOf: () => 1 }
const POST = postEvent('post', 1, 2, [3])

/** Computes values in turn, and lets the test say when each is done. */
function computer() {
  const begun: PromiseWithResolvers<void>[] = []
  const compute = async () => {
    const step = Promise.withResolvers<void>()
    begun.push(step)
    const number = begun.length
    await step.promise
    return { number }
  }
  const finish = (number: number) => begun[number - 1]?.resolve()
  return { begun, compute, finish }
}

const nextTurn = () => new Promise((resolve) => setImmediate(resolve))

/** Breaks the connection on which a forum hears, and waits until it has noticed. */
async function disconnect(forum: TestForum): Promise<void> {
  const noticed = Promise.withResolvers<void>()
  const stop = forum.bus.listen(({ type }) => type === 'disconnected' && noticed.resolve())
  await forum.database.execute(sql`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and application_name = 'contrechamp bus'`)
  await noticed.promise
  stop()
}

t.test('what many ask for at once is computed once', async (t) => {
  const forum = await startForum(t)

  t.test('and once again, for all of them, when it was outdated meanwhile', async (t) => {
    const cache = new Cache<{ number: number }>(forum.bus, OPTIONS)
    const { begun, compute, finish } = computer()
    const asking = atOnce(200, () => cache.getOrCompute('page', ['thread:1'], compute))
    await nextTurn()
    t.equal(begun.length, 1)
    await forum.bus.announce(POST, 'a')
    finish(1)
    await nextTurn()
    t.equal(begun.length, 2)
    finish(2)
    const answers = (await asking).map((answer) => answer.status === 'fulfilled' && answer.value.number)
    t.same(new Set(answers), new Set([1, 2]))
    t.equal(begun.length, 2)
    t.same(cache.get('page'), { number: 2 }, 'and the second is kept')
  })

  t.test('nobody is given what was begun before they asked, unless it is still true', async (t) => {
    const cache = new Cache<{ number: number }>(forum.bus, OPTIONS)
    const { compute, finish } = computer()
    const first = cache.getOrCompute('page', ['thread:1'], compute)
    await nextTurn()
    await forum.bus.announce(POST, 'b')
    const later = cache.getOrCompute('page', ['thread:1'], compute)
    await nextTurn()
    finish(1)
    await nextTurn()
    finish(2)
    t.same(await Promise.all([first, later]), [{ number: 1 }, { number: 2 }])
  })

  t.test('what cannot be computed fails for those who asked since, and is tried again for the next', async (t) => {
    const cache = new Cache<{ number: number }>(forum.bus, OPTIONS)
    let tries = 0
    const fail = async () => {
      tries += 1
      await nextTurn()
      throw new Error('away')
    }
    const answers = await atOnce(50, () => cache.getOrCompute('page', ['thread:1'], fail))
    t.ok(answers.every(({ status }) => status === 'rejected'))
    t.ok(tries <= 2, `tried ${tries} times`)
    t.same(await cache.getOrCompute('page', ['thread:1'], async () => ({ number: 7 })), { number: 7 })
  })

  t.test('nobody waits without end for what another computes', async (t) => {
    const cache = new Cache<{ number: number }>(forum.bus, OPTIONS)
    const { begun, compute } = computer()
    void cache.getOrCompute('page', ['thread:1'], compute)
    await nextTurn()
    mock.timers.enable({ apis: ['setTimeout'] })
    t.teardown(() => mock.timers.reset())
    const asking = cache.getOrCompute('page', ['thread:1'], async () => ({ number: 9 }))
    await nextTurn()
    mock.timers.tick(5_000)
    t.same(await asking, { number: 9 })
    t.equal(begun.length, 1, 'the first still has no answer')
  })

  t.test('nothing stays of what is no longer kept', async (t) => {
    const cache = new Cache<{ number: number }>(forum.bus, { largest: 10, sizeOf: () => 1 })
    for (let thread = 1; thread <= 1_000; thread += 1) {
      await cache.getOrCompute(String(thread), [`thread:${thread}`, 'threads'], async () => ({ number: thread }))
    }
    t.equal(cache.tagCount, 11)
    await forum.bus.announce(boardsEvent, 'c')
    t.equal(cache.tagCount, 0)
  })

  t.test('while the bus is away, nothing is kept, yet still computed once', async (t) => {
    const cache = new Cache<{ number: number }>(forum.bus, OPTIONS)
    await cache.getOrCompute('page', ['thread:1'], async () => ({ number: 0 }))
    await cache.getOrCompute('other', ['thread:2'], async () => ({ number: 0 }))
    await disconnect(forum)
    t.equal(cache.get('page'), undefined)
    t.same(cache.lastKnown('page'), { number: 0 })
    const { begun, compute, finish } = computer()
    const first = cache.getOrCompute('page', ['thread:1'], compute)
    await nextTurn()
    const asking = atOnce(200, () => cache.getOrCompute('page', ['thread:1'], compute))
    finish(1)
    await first
    await nextTurn()
    t.equal(begun.length, 2)
    finish(2)
    t.ok((await asking).every((answer) => answer.status === 'fulfilled' && answer.value.number === 2))
    await forum.bus.announce(POST, 'd')
    t.equal(cache.lastKnown('page'), undefined, 'what this process has changed itself is not known any more')
    t.same(cache.lastKnown('other'), { number: 0 })
  })
})
