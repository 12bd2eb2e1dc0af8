import { randomBytes } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { Redis } from 'iovalkey'
import t, { type Test } from 'tap'
import type { Forum } from '../../../src/forum/forum.ts'
import { type Attempts, attemptsIn } from '../../../src/platform/rate-limits/attempts.ts'
import { takeAttempt } from '../../../src/platform/rate-limits/rate-limits.ts'
import { openRedisAttempts } from '../../../src/platform/rate-limits/redis-attempts.ts'
import { startForum } from '../../support/forum.ts'
import { openNetwork } from '../../support/network.ts'
import { startRedis } from '../../support/redis-server.ts'
import { until } from '../../support/until.ts'

/** However slow this machine is. */
const PATIENCE_MILLISECONDS = 30_000

const key = () => randomBytes(16)

/** How many keys the database counts at. */
async function counted({ database }: Forum): Promise<number> {
  const { rows } = await database.execute<{ keys: number }>(sql`select count(*)::int as keys from attempts`)
  return rows[0]?.keys ?? 0
}

/** What holds wherever is counted, by two processes. */
async function counts(t: Test, forum: Forum, there: Attempts): Promise<void> {
  const here = forum.attempts
  await t.test('of many attempts at once each is another one', async (t) => {
    const one = key()
    const both = await Promise.all([here, there, here, there, here, there].map((attempts) => attempts.count(one, 60)))
    t.same(both.map(({ count }) => count).sort(), [1, 2, 3, 4, 5, 6])
    for (const { left } of both) t.ok(left > 0 && left <= 60_000, `${left} ms`)
    t.match(await there.count(key(), 60), { count: 1 }, 'others count by themselves')
  })

  await t.test('they are taken back, one or all of them', async (t) => {
    const one = key()
    await here.uncount(one)
    for (const expected of [1, 2]) t.match(await here.count(one, 60), { count: expected })
    await there.uncount(one)
    t.match(await here.count(one, 60), { count: 2 })
    for (let more = 0; more < 3; more += 1) await here.uncount(one)
    t.match(await here.count(one, 60), { count: 1 }, 'none is below zero')
    await there.forget(one)
    t.match(await here.count(one, 60), { count: 1 })
  })

  await t.test('they count from the first for so long, and no longer', async (t) => {
    const one = key()
    const first = await here.count(one, 60)
    t.ok((await here.count(one, 3_600)).left <= first.left)
    const short = key()
    t.match(await here.count(short, 0.1), { count: 1 })
    await until(async () => (await there.count(short, 0.1)).count === 1)
  })

  await t.test('whoever attempts too much is told when to come back', async (t) => {
    const limit = { action: 'essai', most: 2, seconds: 60 }
    for (const subject of ['Zoé', 'Karim', 'Zoé']) await takeAttempt(forum, limit, subject)
    const refused = await takeAttempt(forum, limit, 'Zoé').catch((problem: unknown) => problem)
    t.match(refused, { status: 429, retryAfter: Number })
    await takeAttempt(forum, limit, 'Karim')
  })
}

t.test('attempts in PostgreSQL', async (t) => {
  const forum = await startForum(t, { RATE_LIMITS: 'on' })
  await counts(t, forum, attemptsIn(forum.database))
  t.ok((await counted(forum)) > 0)
})

t.test('attempts in Redis', async (t) => {
  const server = await startRedis(t)
  if (!server) return
  const forum = await startForum(t, { RATE_LIMITS: 'on' })
  const network = await openNetwork(t, server.port)
  const open = async (port: number, patience: number) => {
    const url = `redis://127.0.0.1:${port}`
    const opened = await openRedisAttempts(url, attemptsIn(forum.database), forum.log, patience)
    t.teardown(() => opened.close())
    return opened
  }
  const here = await open(server.port, PATIENCE_MILLISECONDS)
  await counts(t, { ...forum, attempts: here }, await open(server.port, PATIENCE_MILLISECONDS))
  t.equal(await counted(forum), 0, 'the database counts none')

  await t.test(
    'are counted in the database while the server hangs or is away, and there again when it is back',
    async (t) => {
      const one = key()
      const there = await open(network.port, 100)
      for (const expected of [1, 2, 3]) t.match(await here.count(one, 600), { count: expected })
      network.hush()
      t.match(await there.count(one, 600), { count: 1 })
      network.cut()
      t.match(await there.count(one, 600), { count: 2 })
      await there.uncount(one)
      t.match(await there.count(one, 600), { count: 2 })
      await there.forget(one)
      t.match(await there.count(one, 600), { count: 1 })
      network.mend()
      await until(async () => {
        const { count } = await here.count(one, 600)
        return (await there.count(one, 600)).count === count + 1
      })
    },
  )

  await t.test('nobody waits for a server that somebody waits for in vain, and what is wrong is logged', async (t) => {
    const [one, two] = [key(), key()]
    const there = await open(server.port, 100)
    const isAnswered = async () => {
      const { count } = await here.count(two, 600)
      return (await there.count(two, 600)).count === count + 1
    }
    await until(isAnswered)
    server.pause()
    for (let time = 0; time < 3; time += 1) await there.count(one, 600)
    server.goOn()
    await until(isAnswered)
    t.match(await here.count(one, 600), { count: 2 }, 'it was asked once')
    const admin = new Redis(server.url)
    await admin.config('SET', 'maxmemory', '1')
    const full = await open(server.port, PATIENCE_MILLISECONDS)
    const other = key()
    for (const expected of [1, 2]) t.match(await full.count(other, 600), { count: expected })
    await admin.config('SET', 'maxmemory', '0')
    admin.disconnect()
    const said = forum.logged.filter((line) => line.includes('does not count'))
    t.match(said.at(-1), /OOM/)
  })

  await t.test('are those of a forum whose events cross there', async (t) => {
    const other = await startForum(t, { LIVE_BUS: server.url })
    const one = key()
    await until(async () => {
      const { count } = await here.count(one, 600)
      return (await other.attempts.count(one, 600)).count === count + 1
    })
  })
})
