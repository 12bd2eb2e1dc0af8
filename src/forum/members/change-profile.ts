import { eq } from 'drizzle-orm'
import { inTransaction } from '../../platform/database/in-transaction.ts'
import type { Theme } from '../../platform/http/reader-choices.ts'
import type { Language } from '../../platform/text/i18n/languages.ts'
import { members } from '../../schema/members.ts'
import { memberEvent } from '../events.ts'
import type { Forum } from '../forum.ts'

export interface Profile {
  language: Language
  theme: Theme | null
  /** An IANA name that the runtime knows; null for the forum's. */
  timeZone: string | null
  biography: string
  /** Whether search engines may show the profile. */
  listed: boolean
  /** Everything older counts as read; null for the day they joined. */
  unreadSince: Date | null
}

/** Changes the given fields, and keeps the others. */
export async function changeProfile(forum: Forum, memberId: number, profile: Partial<Profile>): Promise<void> {
  if (Object.keys(profile).length === 0) return
  await inTransaction(forum, async (transaction, announce) => {
    await transaction.update(members).set(profile).where(eq(members.id, memberId))
    await announce(memberEvent('member', memberId))
  })
}
