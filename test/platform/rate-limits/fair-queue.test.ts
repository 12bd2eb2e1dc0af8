import t from 'tap'
import { Problem } from '../../../src/platform/problem.ts'
import { FairQueue } from '../../../src/platform/rate-limits/fair-queue.ts'

/** Work that ends when it is told to, and in which order it was begun. */
function bench(queue: FairQueue) {
  const begun: string[] = []
  const ends: (() => void)[] = []
  const run = (group: string) =>
    queue.run(group, async () => {
      begun.push(group)
      const { promise, resolve } = Promise.withResolvers<void>()
      ends.push(resolve)
      await promise
    })
  /** Ends the piece that was begun first, and lets what follows begin. */
  const end = async () => {
    ends.shift()?.()
    await new Promise(setImmediate)
  }
  return { begun, run, end }
}

t.test('so many work at once, and groups take turns however much one of them asks for', async (t) => {
  const { begun, run, end } = bench(new FairQueue({ atOnce: 2, waiting: 100 }))
  const all = [...Array.from({ length: 20 }, () => run('flood')), run('one'), run('two')]
  await new Promise(setImmediate)
  t.same(begun, ['flood', 'flood'])
  for (let count = 0; count < 4; count += 1) await end()
  t.ok(begun.length <= 6)
  t.ok(begun.includes('one') && begun.includes('two'), 'who asks for one thing waits for few')
  for (let count = 0; count < 20; count += 1) await end()
  await Promise.all(all)
  t.equal(begun.length, 22)
})

t.test('where too many wait, those of the largest group are refused', async (t) => {
  const { begun, run, end } = bench(new FairQueue({ atOnce: 1, waiting: 5 }))
  const flood = Promise.allSettled(Array.from({ length: 30 }, () => run('flood')))
  const one = run('one')
  for (let count = 0; count < 8; count += 1) await end()
  const refused = (await flood).filter((each) => each.status === 'rejected')
  await one
  t.equal(refused.length, 30 + 1 - begun.length)
  t.ok(refused.every(({ reason }) => reason instanceof Problem && reason.status === 503 && reason.retryAfter === 5))
})

t.test('what fails gives its place back', async (t) => {
  const queue = new FairQueue({ atOnce: 1, waiting: 5 })
  await t.rejects(
    queue.run('a', () => Promise.reject(new Error('failed'))),
    /failed/,
  )
  t.equal(await queue.run('a', async () => 'done'), 'done')
})

t.test('what hangs gives its place to the next, once', async (t) => {
  const queue = new FairQueue({ atOnce: 1, waiting: 5, longest: 10 })
  const { promise: hanging, resolve } = Promise.withResolvers<string>()
  const first = queue.run('a', () => hanging)
  t.equal(await queue.run('b', async () => 'done'), 'done')
  resolve('late')
  t.equal(await first, 'late')
  const { begun, run, end } = bench(queue)
  const both = [run('a'), run('b')]
  await new Promise(setImmediate)
  t.same(begun, ['a'])
  await end()
  await end()
  await Promise.all(both)
})
