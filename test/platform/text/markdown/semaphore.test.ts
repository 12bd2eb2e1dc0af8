import t from 'tap'
import { Problem } from '../../../../src/platform/problem.ts'
import { openSemaphore, overloaded } from '../../../../src/platform/text/markdown/semaphore.ts'

/** Longer than any test lasts. */
const PATIENT = 600_000
const NOTHING_USED = () => 0
const short = (owner: string | null) => ({ owner, short: true, limited: true })
const long = (owner: string | null) => ({ owner, short: false, limited: true })

/** Permits, and who came when. */
function remembered(limits: { waiting?: number; wait?: number; usedBy?: (owner: string) => number } = {}) {
  const acquire = openSemaphore({ waiting: 100, wait: PATIENT, usedBy: NOTHING_USED, ...limits })
  const came: string[] = []
  const come = async (name: string, work: Parameters<typeof acquire>[0]) => {
    const begun = await acquire(work)
    came.push(name)
    return begun
  }
  return { acquire, came, come }
}

t.test('two at once, the others in the order in which they came', async (t) => {
  const { came, come } = remembered()
  const first = await come('first', short('a'))
  const second = await come('second', short('b'))
  t.not(first.thread, second.thread)
  const third = come('third', short('c'))
  const fourth = come('fourth', short('d'))
  t.same(came, ['first', 'second'])
  second.release()
  const last = await third
  t.same(came, ['first', 'second', 'third'])
  first.release()
  last.release()
  ;(await fourth).release()
  t.same(came, ['first', 'second', 'third', 'fourth'])
})

t.test('long texts never take the thread of the short ones', async (t) => {
  const { came, come } = remembered()
  const first = await come('long', long('a'))
  const others = ['b', 'c', 'd'].map((owner) => come(`long of ${owner}`, long(owner)))
  ;(await come('short', short('e'))).release()
  t.same(came, ['long', 'short'], 'a short one goes past any number of long ones')
  first.release()
  for (const other of others) (await other).release()
  t.equal(came.length, 5)
})

t.test('one text of somebody is in hand at a time, and theirs that wait hold up nobody', async (t) => {
  const { came, come } = remembered()
  const first = await come('own', short('a'))
  const own = [1, 2, 3, 4, 5, 6].map((number) => come(`own ${number}`, short('a')))
  ;(await come('another', short('b'))).release()
  t.same(came, ['own', 'another'])
  first.release()
  for (const one of own) (await one).release()
  t.equal(came.at(-1), 'own 6')
})

t.test('who has used least goes first, and the forum’s own work last', async (t) => {
  const used: Record<string, number> = { much: 900, little: 10 }
  const { came, come } = remembered({ usedBy: (owner) => used[owner] ?? 0 })
  const first = await come('first', long('x'))
  const waiting = [
    come('own work', long(null)),
    come('much', long('much')),
    come('little', long('little')),
    come('none', long('new')),
  ]
  first.release()
  for (const one of waiting.toReversed()) (await one).release()
  t.same(came, ['first', 'none', 'little', 'much', 'own work'])
})

t.test('who finds too many waiting is told to come back', async (t) => {
  const { acquire } = remembered({ waiting: 2 })
  const begun = [await acquire(long('a'))]
  const waiting = [acquire(long('b')), acquire(long('c'))]
  await t.rejects(acquire(long('d')), overloaded())
  for (const one of begun) one.release()
  for (const waited of waiting) (await waited).release()
  t.ok(await acquire(long('d')), 'and finds a place then')
})

t.test('who has very many waiting is refused alone', async (t) => {
  const { acquire } = remembered()
  const first = await acquire(long('a'))
  const own = Array.from({ length: 30 }, () => acquire(long('a')))
  await t.rejects(acquire(long('a')), Problem)
  const other = acquire(long('b'))
  first.release()
  for (const one of own) (await one).release()
  ;(await other).release()
})

t.test('who has waited too long is told to come back, and holds up nobody', async (t) => {
  const { acquire } = remembered({ wait: 1 })
  const first = await acquire(long('a'))
  await t.rejects(acquire(long('b')), overloaded())
  await t.rejects(acquire(long('a')), overloaded())
  first.release()
  t.ok(await acquire(long('b')))
})
