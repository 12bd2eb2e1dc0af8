import type { RHYTHMS } from './schema.ts'

export interface Rhythm {
  rhythm: (typeof RHYTHMS)[number]
  /** 1 is Monday. */
  weekday: number
  hour: number
  timeZone: string
}

/**
 * The first moment after another at which a digest is due; null for never. An hour that does not exist on the day the
 * clocks go forward is the one after it; one that comes twice when they go back is the first.
 */
export function nextDigest(after: Date, { rhythm, weekday, hour, timeZone }: Rhythm): Date | null {
  if (rhythm === 'never') return null
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

/**
 * What becomes of the rhythm of somebody who has not been on the site for long: after 90 days once a week at the most,
 * after 180 once in four weeks, and after a year a last time.
 */
export function afterAbsence(now: Date, seenOn: Date): { leastDays: number; last: boolean } {
  const days = Math.floor((now.getTime() - seenOn.getTime()) / DAY)
  return { leastDays: days > 180 ? 28 : days > 90 ? 7 : 0, last: days > 365 }
}
