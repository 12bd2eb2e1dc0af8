import t from 'tap'
import { busy, openTurns } from '../../../src/platform/markdown/turns.ts'

/** Longer than any test lasts. */
const PATIENT = 600_000

t.test('as many as may work at once, the others in the order in which they came', async (t) => {
  const turn = openTurns({ atOnce: 2, waiting: 10, wait: PATIENT })
  const came: string[] = []
  const come = async (name: string) => {
    const end = await turn()
    came.push(name)
    return end
  }
  const [endFirst, endSecond] = await Promise.all([come('first'), come('second')])
  const third = come('third')
  const fourth = come('fourth')
  t.same(came, ['first', 'second'])
  endSecond()
  const endThird = await third
  t.same(came, ['first', 'second', 'third'])
  endFirst()
  endThird()
  const endFourth = await fourth
  endFourth()
  await Promise.all([come('fifth'), come('sixth')])
  t.same(came, ['first', 'second', 'third', 'fourth', 'fifth', 'sixth'])
})

t.test('who finds too many waiting is told to come back', async (t) => {
  const turn = openTurns({ atOnce: 1, waiting: 2, wait: PATIENT })
  const end = await turn()
  const waiting = [turn(), turn()]
  await t.rejects(turn(), busy())
  end()
  for (const waited of waiting) (await waited)()
  t.ok(await turn(), 'and finds a place then')
})

t.test('who has waited too long is told to come back, and holds up nobody', async (t) => {
  const turn = openTurns({ atOnce: 1, waiting: 2, wait: 1 })
  const end = await turn()
  await t.rejects(turn(), busy())
  await t.rejects(turn(), busy())
  end()
  t.ok(await turn())
})
