import fc from 'fast-check'
import t from 'tap'
import { afterAbsence, isTimeZone, nextDigest, type Rhythm } from '../../../src/features/digests/next-digest.ts'

const PARIS: Rhythm = { rhythm: 'daily', weekday: 1, hour: 7, timeZone: 'Europe/Paris' }
const next = (after: string, rhythm: Partial<Rhythm>) =>
  nextDigest(new Date(after), { ...PARIS, ...rhythm })?.toISOString()

for (const [what, after, rhythm, expected] of [
  ['this morning', '2026-03-12T05:59:59Z', {}, '2026-03-12T06:00:00.000Z'],
  ['tomorrow, when this morning’s has gone', '2026-03-12T06:00:00Z', {}, '2026-03-13T06:00:00.000Z'],
  ['on Monday', '2026-03-12T12:00:00Z', { rhythm: 'weekly' }, '2026-03-16T06:00:00.000Z'],
  [
    'today, where it is Thursday’s',
    '2026-03-12T05:00:00Z',
    { rhythm: 'weekly', weekday: 4 },
    '2026-03-12T06:00:00.000Z',
  ],
  ['in a week, after Thursday’s', '2026-03-12T06:00:00Z', { rhythm: 'weekly', weekday: 4 }, '2026-03-19T06:00:00.000Z'],
  ['at the next full hour', '2026-03-12T12:10:00Z', { rhythm: 'hourly' }, '2026-03-12T13:00:00.000Z'],
  [
    'at a full hour where hours begin at the half',
    '2026-03-12T12:10:00Z',
    { rhythm: 'hourly', timeZone: 'Asia/Kolkata' },
    '2026-03-12T12:30:00.000Z',
  ],
  [
    'on the next day, far in the east',
    '2026-03-12T12:00:00Z',
    { timeZone: 'Pacific/Kiritimati' },
    '2026-03-12T17:00:00.000Z',
  ],
  ['the same hour after the clocks went forward', '2026-03-28T12:00:00Z', {}, '2026-03-29T05:00:00.000Z'],
  ['the hour after, where the clocks skip it', '2026-03-28T12:00:00Z', { hour: 2 }, '2026-03-29T01:00:00.000Z'],
  ['the same hour after the clocks went back', '2026-10-24T12:00:00Z', {}, '2026-10-25T06:00:00.000Z'],
  ['the first of an hour that comes twice', '2026-10-24T12:00:00Z', { hour: 2 }, '2026-10-25T00:00:00.000Z'],
  [
    'on the day after, not at the second of an hour that comes twice',
    '2026-10-25T00:00:00Z',
    { hour: 2 },
    '2026-10-26T01:00:00.000Z',
  ],
  ['never', '2026-03-12T12:00:00Z', { rhythm: 'never' }, undefined],
] as [string, string, Partial<Rhythm>, string | undefined][]) {
  t.test(`the digest comes ${what}`, async (t) => t.equal(next(after, rhythm), expected))
}

t.test('each digest is later than the one before, by a day at the most two, in every zone', async (t) => {
  const rhythms = fc.record({
    hour: fc.integer({ min: 0, max: 23 }),
    timeZone: fc.constantFrom(...Intl.supportedValuesOf('timeZone')),
    after: fc.date({ min: new Date('2000-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
  })
  const regular = fc.property(rhythms, ({ hour, timeZone, after }) => {
    const moment = nextDigest(after, { ...PARIS, hour, timeZone })
    const wait = (moment?.getTime() ?? 0) - after.getTime()
    return wait > 0 && wait <= 50 * 3_600_000
  })
  fc.assert(regular, { seed: 1, numRuns: 1_000 })
  t.pass()
})

t.test('zones are known by their IANA names', async (t) => {
  t.ok(['Europe/Paris', 'America/Cayenne', 'Indian/Reunion', 'UTC'].every(isTimeZone))
  t.notOk(['Paris', '', 'Mars/Olympus'].some(isTimeZone))
})

t.test('who is long away gets fewer, and a last one', async (t) => {
  const now = new Date('2026-11-01T06:00:00Z')
  const away = (days: number) => afterAbsence(now, new Date(now.getTime() - days * 86_400_000))
  t.same(away(90), { leastDays: 0, last: false })
  t.same(away(91), { leastDays: 7, last: false })
  t.same(away(181), { leastDays: 28, last: false })
  t.same(away(366), { leastDays: 28, last: true })
})
