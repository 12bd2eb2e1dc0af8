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

/** The first page of a member's settings, as a form or a program sends it. */
export const ChangedSettings = Type.Object({
  language: Type.Optional(Type.Enum([...LANGUAGES])),
  theme: Type.Optional(Type.Enum(['auto', 'light', 'dark'])),
  biography: Type.Optional(Type.String({ maxLength: LONGEST_BIOGRAPHY })),
  /** Whether search engines may show the profile. */
  listed: Type.Optional(Type.Enum(['yes', 'no'])),
  /** An IANA name; empty for the forum's. */
  time_zone: Type.Optional(Type.String({ maxLength: 60 })),
  /** `YYYY-MM-DD`: everything older counts as read; empty for the day they joined. */
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

/** Changes the given settings, and keeps the others. @throws Problem 422 for an unknown time zone, 429. */
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
  // The hour of the digest follows the member's time zone.
  if (zone) await moveDigests(forum.database, member.id, zone)
}

/**
 * The new time zone; undefined when it stays the same.
 * @throws Problem 422 for one that the runtime does not know.
 */
function timeZoneIn(sent: string | undefined, present: string | null): string | null | undefined {
  if (sent === undefined || sent === present) return undefined
  if (sent === '') return null
  const zone = timeZoneCalled(sent)
  if (!zone) throw invalidField('time_zone', 'email.no_such_zone')
  return zone
}

/** The beginning of a day (UTC); undefined when none is sent. @throws Problem 422 for anything but a past day. */
function dayIn(sent: string | undefined): Date | null | undefined {
  if (sent === undefined) return undefined
  if (sent === '') return null
  const day = new Date(`${sent}T00:00:00Z`)
  const isDay = !Number.isNaN(day.getTime()) && day.toISOString().startsWith(sent) && sent.length === 10
  if (!isDay || !mayBeUnreadSince(day)) throw invalidField('unread_since', 'accounts.no_such_day')
  return day
}
