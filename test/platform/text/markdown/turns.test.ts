import t from 'tap'
import { Problem } from '../../../../src/platform/problem.ts'
import { busy, openTurns } from '../../../../src/platform/text/markdown/semaphore.ts'

/** Longer than any test lasts. */
const PATIENT = 600_000
const NOTHING_USED = () => 0
const short = (payer: string | null) => ({ payer, short: true, limited: true })
const long = (payer: string | null) => ({ payer, short: false, limited: true })

/** Turns, and who came when. */
function remembered(limits: { waiting?: number; wait?: number; usedBy?: (payer: string) => number } = {}) {
  const turn = openTurns({ waiting: 100, wait: PATIENT, usedBy: NOTHING_USED, ...limits })
  const came: string[] = []
  const come = async (name: string, asking: Parameters<typeof turn>[0]) => {
    const begun = await turn(asking)
    came.push(name)
    return begun
  }
  return { turn, came, come }
}

t.test('two at once, the others in the order in which they came', async (t) => {
  const { came, come } = remembered()
  const first = await come('first', short('a'))
  const second = await come('second', short('b'))
  t.not(first.lane, second.lane)
  const third = come('third', short('c'))
  const fourth = come('fourth', short('d'))
  t.same(came, ['first', 'second'])
  second.end()
  const last = await third
  t.same(came, ['first', 'second', 'third'])
  first.end()
  last.end()
  ;(await fourth).end()
  t.same(came, ['first', 'second', 'third', 'fourth'])
})

t.test('long texts never take the lane of the short ones', async (t) => {
  const { came, come } = remembered()
  const first = await come('long', long('a'))
  const others = ['b', 'c', 'd'].map((payer) => come(`long of ${payer}`, long(payer)))
  ;(await come('short', short('e'))).end()
  t.same(came, ['long', 'short'], 'a short one goes past any number of long ones')
  first.end()
  for (const other of others) (await other).end()
  t.equal(came.length, 5)
})

t.test('one text of somebody is in hand at a time, and theirs that wait hold up nobody', async (t) => {
  const { came, come } = remembered()
  const first = await come('own', short('a'))
  const own = [1, 2, 3, 4, 5, 6].map((number) => come(`own ${number}`, short('a')))
  ;(await come('another', short('b'))).end()
  t.same(came, ['own', 'another'])
  first.end()
  for (const one of own) (await one).end()
  t.equal(came.at(-1), 'own 6')
})

t.test('who has used least goes first, and the forum’s own work last', async (t) => {
  const used: Record<string, number> = { much: 900, little: 10 }
  const { came, come } = remembered({ usedBy: (payer) => used[payer] ?? 0 })
  const first = await come('first', long('x'))
  const waiting = [
    come('own work', long(null)),
    come('much', long('much')),
    come('little', long('little')),
    come('none', long('new')),
  ]
  first.end()
  for (const one of waiting.toReversed()) (await one).end()
  t.same(came, ['first', 'none', 'little', 'much', 'own work'])
})

t.test('who finds too many waiting is told to come back', async (t) => {
  const { turn } = remembered({ waiting: 2 })
  const begun = [await turn(long('a'))]
  const waiting = [turn(long('b')), turn(long('c'))]
  await t.rejects(turn(long('d')), busy())
  for (const one of begun) one.end()
  for (const waited of waiting) (await waited).end()
  t.ok(await turn(long('d')), 'and finds a place then')
})

t.test('who has very many waiting is refused alone', async (t) => {
  const { turn } = remembered()
  const first = await turn(long('a'))
  const own = Array.from({ length: 30 }, () => turn(long('a')))
  await t.rejects(turn(long('a')), Problem)
  const other = turn(long('b'))
  first.end()
  for (const one of own) (await one).end()
  ;(await other).end()
})

t.test('who has waited too long is told to come back, and holds up nobody', async (t) => {
  const { turn } = remembered({ wait: 1 })
  const first = await turn(long('a'))
  await t.rejects(turn(long('b')), busy())
  await t.rejects(turn(long('a')), busy())
  first.end()
  t.ok(await turn(long('b')))
})
