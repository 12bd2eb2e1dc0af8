import { timeZoneCalled } from '../../platform/text/i18n/time-zones.ts'
import type { RHYTHMS } from '../../schema/enums.ts'

export interface Rhythm {
  rhythm: (typeof RHYTHMS)[number]
  /** 1 is Monday. */
  weekday: number
  hour: number
  timeZone: string
}

/** How a new subscriber of digests gets them, until they choose. */
export const FIRST: Rhythm = { rhythm: 'daily', weekday: 1, hour: 7, timeZone: 'Europe/Paris' }

/**
 * The first moment after another at which a digest is due; null for never. An hour that does not exist on the day the
 * clocks go forward is the one after it; one that comes twice when they go back is the first.
 */
export function nextDigest(after: Date, { rhythm, weekday, hour, timeZone: chosen }: Rhythm): Date | null {
  if (rhythm === 'never') return null
  // Another runtime may have known a zone that this one does not; a digest at another hour is better than none.
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

/** The next moment at which clocks there begin an hour; on a day on which they move by half of one, that is not near. */
function nextHour(now: Temporal.ZonedDateTime): Temporal.ZonedDateTime {
  const next = now.round({ smallestUnit: 'minute', roundingMode: 'floor' }).add({ minutes: 60 - now.minute })
  return next.minute === 0 ? next : next.add({ minutes: 60 - next.minute })
}

const asDate = (moment: Temporal.ZonedDateTime): Date => new Date(moment.epochMilliseconds)

const DAY = 86_400_000
/** Of what is older a digest does not tell, unless its rhythm is slower. */
const LONGEST_NEWS_DAYS = 14

/**
 * From when on a digest tells: since the last one, but for somebody whom none has reached for long no further back than twice
 * the time between two. To read months of a forum for one member would cost as much as all the others.
 */
export function newsSince(now: Date, coveredUntil: Date, leastDays = 0): Date {
  return new Date(Math.max(coveredUntil.getTime(), now.getTime() - Math.max(LONGEST_NEWS_DAYS, 2 * leastDays) * DAY))
}

/**
 * What becomes of the rhythm of somebody who has not been on the site for long: after 90 days once a week at the most,
 * after 180 once in four weeks, and after a year a last time.
 */
export function afterAbsence(now: Date, seenOn: Date): { leastDays: number; last: boolean } {
  const days = Math.floor((now.getTime() - seenOn.getTime()) / DAY)
  return { leastDays: days > 180 ? 28 : days > 90 ? 7 : 0, last: days > 365 }
}
