import { timeZoneCalled } from '../../platform/text/i18n/time-zones.ts'
import type { RHYTHMS } from '../../schema/enums.ts'

export interface Rhythm {
  rhythm: (typeof RHYTHMS)[number]
  /** 1 is Monday. */
  weekday: number
  hour: number
  timeZone: string
}

/** The rhythm of a new subscriber until they choose. */
export const FIRST: Rhythm = { rhythm: 'daily', weekday: 1, hour: 7, timeZone: 'Europe/Paris' }

/**
 * The first moment after `after` at which a digest is due; null for never. An hour that is skipped in spring becomes the
 * next one; of an hour that comes twice in autumn, the first counts.
 */
export function nextDigest(after: Date, { rhythm, weekday, hour, timeZone: chosen }: Rhythm): Date | null {
  if (rhythm === 'never') return null
  // A zone that another runtime has stored may be unknown here. A digest at a wrong hour is better than none.
  const timeZone = timeZoneCalled(chosen) ?? FIRST.timeZone
  const now = Temporal.Instant.fromEpochMilliseconds(after.getTime()).toZonedDateTimeISO(timeZone)
  if (rhythm === 'hourly') return asDate(nextHour(now))
  const time = Temporal.PlainTime.from({ hour })
  let day = now.toPlainDate()
  if (rhythm === 'weekly') day = day.add({ days: (weekday - day.dayOfWeek + 7) % 7 })
  for (;;) {
    const moment = day.toZonedDateTime({ timeZone, plainTime: time })
    if (Temporal.ZonedDateTime.compare(moment, now) > 0) return asDate(moment)
    day = day.add({ days: rhythm === 'weekly' ? 7 : 1 })
  }
}

/** The next full hour in a time zone. Not simply this hour plus one, because some clocks change by half an hour. */
function nextHour(now: Temporal.ZonedDateTime): Temporal.ZonedDateTime {
  const next = now.round({ smallestUnit: 'minute', roundingMode: 'floor' }).add({ minutes: 60 - now.minute })
  return next.minute === 0 ? next : next.add({ minutes: 60 - next.minute })
}

const asDate = (moment: Temporal.ZonedDateTime): Date => new Date(moment.epochMilliseconds)

const DAY = 86_400_000
/** A digest does not tell what is older, unless its rhythm is slower. */
const LONGEST_NEWS_DAYS = 14

/**
 * From when on a digest tells: since the last digest, but at most twice the time between two. A member without a digest
 * for months would otherwise cost as much as all the others together.
 */
export function newsSince(now: Date, coveredUntil: Date, leastDays = 0): Date {
  return new Date(Math.max(coveredUntil.getTime(), now.getTime() - Math.max(LONGEST_NEWS_DAYS, 2 * leastDays) * DAY))
}

/**
 * The slower rhythm of a member who has not visited the site: after 90 days at most weekly, after 180 days every four
 * weeks, and after a year one last digest.
 */
export function afterAbsence(now: Date, seenOn: Date): { leastDays: number; last: boolean } {
  const days = Math.floor((now.getTime() - seenOn.getTime()) / DAY)
  return { leastDays: days > 180 ? 28 : days > 90 ? 7 : 0, last: days > 365 }
}
