import t from 'tap'
import { recentDay, showDay, showMoment, showWeekday } from '../../../../src/platform/text/i18n/formats.ts'

t.test('the first of a month is counted in French, and no other day', async (t) => {
  const first = new Date('2026-05-01T12:00:00Z')
  const written = (day: Date, language: 'fr' | 'en') => [
    showMoment(day, language),
    showDay(day, language),
    showWeekday(day, language),
    recentDay(day, new Date('2026-07-14T12:00:00Z'), language).day,
  ]
  t.same(written(first, 'fr'), ['1er mai 2026, 14:00', '1er mai 2026', 'vendredi 1er mai', '1er mai 2026'])
  t.same(written(first, 'en'), ['1 May 2026, 14:00', '1 May 2026', 'Friday 1 May', '1 May 2026'])
  for (const day of [2, 11, 21, 31])
    t.notMatch(written(new Date(Date.UTC(2026, 4, day, 12)), 'fr').join(), '1er', `the ${day}th`)
})
