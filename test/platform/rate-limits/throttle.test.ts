import t from 'tap'
import { Problem } from '../../../src/platform/problem.ts'
import { Throttle } from '../../../src/platform/rate-limits/throttle.ts'

t.test('one passes at once, the others after it, each in their time', async (t) => {
  const throttle = new Throttle()
  await throttle.pass('one', 40)
  const passed: number[] = []
  const waiting = [1, 2, 3].map((number) => throttle.pass('one', 40).then(() => passed.push(number)))
  await throttle.pass('another', 40)
  t.same(passed, [], 'keys do not wait for each other')
  await Promise.all(waiting)
  t.same(passed.toSorted(), [1, 2, 3])
})

t.test('where too many wait, some are told to come back, and the others pass', async (t) => {
  const throttle = new Throttle()
  const asked = await Promise.allSettled(Array.from({ length: 140 }, () => throttle.pass('one', 1)))
  const refused = asked.filter((each) => each.status === 'rejected')
  t.equal(refused.length, 39, 'one has passed at once, and a hundred may wait')
  t.ok(refused.every(({ reason }) => reason instanceof Problem && reason.status === 429))
})

t.test('whoever fills many throttle takes no place from who waits in another', async (t) => {
  const throttle = new Throttle()
  const others = ['a', 'b', 'c', 'd', 'e'].flatMap((name) => Array.from({ length: 101 }, () => throttle.pass(name, 1)))
  const asked = Promise.allSettled(others)
  await throttle.pass('mine', 1)
  await throttle.pass('mine', 1)
  const refused = (await asked).filter(({ status }) => status === 'rejected')
  t.equal(refused.length, 1, 'one of theirs has made room')
})
