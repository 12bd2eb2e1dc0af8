/** Where nobody has chosen another: the zone of the forum's towns. */
export const FORUM_TIME_ZONE = 'Europe/Paris'

/** A time zone by its IANA name, however that is spelt; null where the runtime knows none of that name. */
export function timeZoneCalled(name: string): string | null {
  // Offsets and whole moments are zones for Temporal too, and know nothing of the days on which clocks change.
  if (!/^[A-Za-z][\w/+-]*$/.test(name)) return null
  try {
    return Temporal.Now.zonedDateTimeISO(name).timeZoneId
  } catch {
    return null
  }
}

/** When a day (`YYYY-MM-DD`) begins by the clock of a zone; by the forum's, where the runtime knows none of that name. */
export function startOfDay(day: string, zone: string): Date {
  const known = timeZoneCalled(zone) ?? FORUM_TIME_ZONE
  return new Date(Temporal.PlainDate.from(day).toZonedDateTime(known).epochMilliseconds)
}

/** The zones to choose from, in the order of their names. */
export const timeZones = (): readonly string[] => known

// Some runtimes leave UTC out of their list (ECMA-402, AvailablePrimaryTimeZoneIdentifiers has it).
const known = [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC'])].sort()
