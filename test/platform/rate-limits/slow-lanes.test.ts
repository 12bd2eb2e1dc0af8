import t from 'tap'
import { Problem } from '../../../src/platform/problem.ts'
import { SlowLanes } from '../../../src/platform/rate-limits/slow-lanes.ts'

t.test('one passes at once, the others after it, each in their time', async (t) => {
  const lanes = new SlowLanes()
  await lanes.pass('one', 40)
  const passed: number[] = []
  const waiting = [1, 2, 3].map((number) => lanes.pass('one', 40).then(() => passed.push(number)))
  await lanes.pass('another', 40)
  t.same(passed, [], 'lanes do not wait for each other')
  await Promise.all(waiting)
  t.same(passed.toSorted(), [1, 2, 3])
})

t.test('where too many wait, some are told to come back, and the others pass', async (t) => {
  const lanes = new SlowLanes()
  const asked = await Promise.allSettled(Array.from({ length: 140 }, () => lanes.pass('one', 1)))
  const refused = asked.filter((each) => each.status === 'rejected')
  t.equal(refused.length, 39, 'one has passed at once, and a hundred may wait')
  t.ok(refused.every(({ reason }) => reason instanceof Problem && reason.status === 429))
})

t.test('whoever fills many lanes takes no place from who waits in another', async (t) => {
  const lanes = new SlowLanes()
  const others = ['a', 'b', 'c', 'd', 'e'].flatMap((name) => Array.from({ length: 101 }, () => lanes.pass(name, 1)))
  const asked = Promise.allSettled(others)
  await lanes.pass('mine', 1)
  await lanes.pass('mine', 1)
  const refused = (await asked).filter(({ status }) => status === 'rejected')
  t.equal(refused.length, 1, 'one of theirs has made room')
})
