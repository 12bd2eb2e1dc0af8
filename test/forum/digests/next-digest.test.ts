import fc from 'fast-check'
import t from 'tap'
import { afterAbsence, nextDigest, type Rhythm } from '../../../src/forum/digests/next-digest.ts'
import { timeZoneCalled } from '../../../src/platform/text/i18n/time-zones.ts'

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
  [
    'at a full hour where hours begin at three quarters',
    '2026-03-12T12:10:00Z',
    { rhythm: 'hourly', timeZone: 'Asia/Kathmandu' },
    '2026-03-12T12:15:00.000Z',
  ],
  [
    'at the next full hour where clocks go back by half of one',
    '2026-04-04T14:00:00Z',
    { rhythm: 'hourly', timeZone: 'Australia/Lord_Howe' },
    '2026-04-04T15:30:00.000Z',
  ],
  [
    'half an hour later, where clocks skip half of an hour',
    '2026-10-03T12:00:00Z',
    { hour: 2, timeZone: 'Australia/Lord_Howe' },
    '2026-10-03T15:30:00.000Z',
  ],
  [
    'a day later, where a whole day was left out',
    '2011-12-29T18:00:00Z',
    { timeZone: 'Pacific/Apia' },
    '2011-12-30T17:00:00.000Z',
  ],
  ['never', '2026-03-12T12:00:00Z', { rhythm: 'never' }, undefined],
] as [string, string, Partial<Rhythm>, string | undefined][]) {
  t.test(`the digest comes ${what}`, async (t) => t.equal(next(after, rhythm), expected))
}

t.test('each digest is later than the one before, by no more than its rhythm and a change of clocks', async (t) => {
  const MOST_HOURS = { hourly: 1.5, daily: 49, weekly: 7 * 24 + 25 }
  const rhythms = fc.record({
    rhythm: fc.constantFrom('hourly', 'daily', 'weekly'),
    weekday: fc.integer({ min: 1, max: 7 }),
    hour: fc.integer({ min: 0, max: 23 }),
    timeZone: fc.constantFrom(...Intl.supportedValuesOf('timeZone')),
  })
  const moments = fc.date({ min: new Date('2000-01-01'), max: new Date('2040-01-01'), noInvalidDate: true })
  const regular = fc.property(rhythms, moments, (rhythm, after) => {
    const moment = nextDigest(after, rhythm)
    const hours = ((moment?.getTime() ?? 0) - after.getTime()) / 3_600_000
    return hours > 0 && hours <= MOST_HOURS[rhythm.rhythm]
  })
  t.doesNotThrow(() => fc.assert(regular, { seed: 1, numRuns: 2_000 }))
  t.pass()
})

t.test('on the days on which clocks change there is one digest, at the hour or the next that there is', async (t) => {
  const ZONES = [
    'Europe/Paris',
    'Australia/Lord_Howe',
    'Pacific/Apia',
    'Africa/Cairo',
    'America/Santiago',
    'Asia/Beirut',
  ]
  for (const timeZone of ZONES) {
    for (let hour = 0; hour < 24; hour += 1) {
      const days = new Set<string>()
      let moment = new Date('2026-01-01T00:00:00Z')
      for (let count = 0; count < 365; count += 1) {
        moment = nextDigest(moment, { ...PARIS, hour, timeZone }) ?? moment
        const local = Temporal.Instant.fromEpochMilliseconds(moment.getTime()).toZonedDateTimeISO(timeZone)
        days.add(local.toPlainDate().toString())
        if (local.hour !== hour) t.equal(local.hour, hour + 1, `${timeZone} ${local}`)
      }
      t.equal(days.size, 365, `${timeZone} at ${hour}`)
    }
  }
})

t.test('zones are known by their IANA names, and by nothing else', async (t) => {
  for (const name of [
    'Europe/Paris',
    'America/Cayenne',
    'Indian/Reunion',
    'America/Port-au-Prince',
    'Etc/GMT+3',
    'UTC',
  ])
    t.equal(timeZoneCalled(name), name)
  t.equal(timeZoneCalled('europe/paris'), 'Europe/Paris')
  for (const name of ['Paris', '', 'Mars/Olympus', '+02:00', '2026-01-01T00:00[Europe/Paris]', '2026-01-01T00:00Z'])
    t.equal(timeZoneCalled(name), null, name)
})

t.test('who is long away gets fewer, and a last one', async (t) => {
  const now = new Date('2026-11-01T06:00:00Z')
  const away = (days: number) => afterAbsence(now, new Date(now.getTime() - days * 86_400_000))
  t.same(away(90), { leastDays: 0, last: false })
  t.same(away(91), { leastDays: 7, last: false })
  t.same(away(181), { leastDays: 28, last: false })
  t.same(away(366), { leastDays: 28, last: true })
})
