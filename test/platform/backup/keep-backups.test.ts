import fc from 'fast-check'
import t from 'tap'
import { keepingOf, outdated, USUAL_KEEPING } from '../../../src/platform/backup/keep-backups.ts'

const nameOf = (day: string, time = '021500') => `contrechamp-${day}T${time}Z.backup`

/** One each night, up to and with a day. */
const nights = (count: number, last = Date.UTC(2026, 10, 26)) =>
  Array.from({ length: count }, (_, ago) => nameOf(new Date(last - ago * 86_400_000).toISOString().slice(0, 10)))

t.test('of a year of nights, seven days, four weeks and six months are kept', async (t) => {
  const all = nights(365)
  const gone = new Set(outdated(all, USUAL_KEEPING))
  const kept = all.filter((name) => !gone.has(name)).map((name) => name.slice(12, 22))
  t.same(kept, [
    ...['2026-11-26', '2026-11-25', '2026-11-24', '2026-11-23', '2026-11-22', '2026-11-21', '2026-11-20'],
    ...['2026-11-15', '2026-11-08', '2026-10-31', '2026-09-30', '2026-08-31', '2026-07-31', '2026-06-30'],
  ])
})

t.test('of several in a day the newest, and what has another name is never touched', async (t) => {
  const names = [nameOf('2026-11-26', '010000'), nameOf('2026-11-26', '230000'), 'before-update.backup', 'lost+found']
  t.same(outdated(names, { days: 1, weeks: 0, months: 0 }), [nameOf('2026-11-26', '010000')])
})

t.test('the newest is always kept, and to clear up twice is as good as once', async (t) => {
  const days = fc.uniqueArray(fc.integer({ min: 0, max: 900 }), { minLength: 1, maxLength: 60 })
  const keeping = fc.record({ days: fc.nat(9), weeks: fc.nat(9), months: fc.nat(9) })
  fc.assert(
    fc.property(days, keeping, (ages, kept) => {
      const names = ages.flatMap((age) => nights(1, Date.UTC(2026, 10, 26) - age * 86_400_000))
      const gone = outdated(names, kept)
      const left = names.filter((name) => !gone.includes(name))
      const newest = [...names].sort().at(-1)
      return left.includes(newest ?? '') && outdated(left, kept).length === 0
    }),
  )
  t.end()
})

t.test('how long is written shortly', async (t) => {
  t.same(keepingOf('7d,4w,6m'), USUAL_KEEPING)
  t.same(keepingOf('30d'), { days: 30, weeks: 0, months: 0 })
  for (const wrong of ['', '7', '7y', '0d', '7d;4w', '-1d']) t.equal(keepingOf(wrong), null, wrong)
})
