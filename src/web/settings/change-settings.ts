import { Type } from 'typebox'
import { moveDigests } from '../../forum/digests/settings.ts'
import type { Forum } from '../../forum/forum.ts'
import { changeProfile } from '../../forum/members/change-profile.ts'
import { mayBeUnreadSince } from '../../forum/members/unread-since.ts'
import { LONGEST_BIOGRAPHY } from '../../limits.ts'
import type { Theme } from '../../platform/http/reader-choices.ts'
import { invalidField } from '../../platform/problem.ts'
import { takeAttempt } from '../../platform/rate-limits/rate-limits.ts'
import { LANGUAGES, type Language } from '../../platform/text/i18n/languages.ts'
import { timeZoneCalled } from '../../platform/text/i18n/time-zones.ts'

/** What members choose on the first page of their settings, as a form or a program sends it. */
export const ChangedSettings = Type.Object({
  language: Type.Optional(Type.Enum([...LANGUAGES])),
  theme: Type.Optional(Type.Enum(['auto', 'light', 'dark'])),
  biography: Type.Optional(Type.String({ maxLength: LONGEST_BIOGRAPHY })),
  /** Whether search engines may show the profile. */
  listed: Type.Optional(Type.Enum(['yes', 'no'])),
  /** An IANA name; empty: the forum's. */
  time_zone: Type.Optional(Type.String({ maxLength: 60 })),
  /** `YYYY-MM-DD`: what is older counts as read; empty: as of when they joined. */
  unread_since: Type.Optional(Type.String({ maxLength: 10 })),
})

export interface SentSettings {
  language?: Language | undefined
  theme?: Theme | 'auto' | undefined
  biography?: string | undefined
  listed?: 'yes' | 'no' | undefined
  time_zone?: string | undefined
  unread_since?: string | undefined
}

const PROFILE_CHANGES = { action: 'profile', most: 60, seconds: 600 }

/** Changes what is given, and leaves the rest. @throws Problem 422 for a time zone that there is not, 429. */
export async function changeSettings(
  forum: Forum,
  member: { id: number; timeZone: string | null },
  { language, theme, biography, listed, time_zone, unread_since }: SentSettings,
): Promise<void> {
  const unreadSince = dayIn(unread_since)
  const zone = timeZoneIn(time_zone, member.timeZone)
  await takeAttempt(forum, PROFILE_CHANGES, String(member.id))
  await changeProfile(forum, member.id, {
    ...(language ? { language } : {}),
    ...(theme ? { theme: theme === 'auto' ? null : theme } : {}),
    ...(unreadSince === undefined ? {} : { unreadSince }),
    ...(zone === undefined ? {} : { timeZone: zone }),
    ...(biography === undefined ? {} : { biography: biography.trim() }),
    ...(listed === undefined ? {} : { listed: listed === 'yes' }),
  })
  // The same clock for the hour of the digest.
  if (zone) await moveDigests(forum.database, member.id, zone)
}

/**
 * The zone that is asked for; undefined where no other is.
 * @throws Problem 422 for one that the runtime does not know.
 */
function timeZoneIn(sent: string | undefined, present: string | null): string | null | undefined {
  if (sent === undefined || sent === present) return undefined
  if (sent === '') return null
  const zone = timeZoneCalled(sent)
  if (!zone) throw invalidField('time_zone', 'email.no_such_zone')
  return zone
}

/** The beginning of a day (UTC); undefined where none is sent. @throws Problem 422 for what is no day of the past. */
function dayIn(sent: string | undefined): Date | null | undefined {
  if (sent === undefined) return undefined
  if (sent === '') return null
  const day = new Date(`${sent}T00:00:00Z`)
  const isDay = !Number.isNaN(day.getTime()) && day.toISOString().startsWith(sent) && sent.length === 10
  if (!isDay || !mayBeUnreadSince(day)) throw invalidField('unread_since', 'accounts.no_such_day')
  return day
}
