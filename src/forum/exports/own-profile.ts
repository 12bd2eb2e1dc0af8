import { and, desc, eq, isNotNull } from 'drizzle-orm'
import type { Database } from '../../platform/database/database.ts'
import { digestSettings } from '../../schema/digests.ts'
import { emailTokens } from '../../schema/email-addresses.ts'
import { members, sessions } from '../../schema/members.ts'
import { mutes } from '../../schema/subscriptions.ts'
import { digestsOf } from '../digests/settings.ts'
import { emailOfMember } from '../members/email-addresses.ts'
import { passkeysOf } from '../members/passkeys/queries.ts'
import { secondFactorOf } from '../members/second-factor/queries.ts'
import { followedSearches } from '../search/saved-searches.ts'

/** A member's profile and settings. */
export async function profileOf(database: Database, memberId: number) {
  const [member] = await database.select().from(members).where(eq(members.id, memberId))
  if (!member) throw new Error('An archive of nobody')
  const [email, links, digests, [visits], factor, keys, searches, muted] = await Promise.all([
    emailOfMember(database, memberId),
    database
      .select({ purpose: emailTokens.purpose, address: emailTokens.address, ends_at: emailTokens.expiresAt })
      .from(emailTokens)
      .where(eq(emailTokens.memberId, memberId)),
    digestsOf(database, memberId),
    database
      .select({ covered_until: digestSettings.coveredUntil, last_visit_on: digestSettings.seenOn })
      .from(digestSettings)
      .where(eq(digestSettings.memberId, memberId)),
    secondFactorOf(database, memberId),
    passkeysOf(database, memberId),
    followedSearches(database, memberId),
    database
      .select({ name: members.username })
      .from(mutes)
      .innerJoin(members, eq(members.id, mutes.mutedId))
      .where(and(eq(mutes.memberId, memberId), isNotNull(members.username))),
  ])
  return {
    username: member.username,
    role: member.role,
    joined_at: member.createdAt,
    biography: member.biography,
    listed: member.listed,
    language: member.language,
    theme: member.theme,
    time_zone: member.timeZone,
    unread_since: member.unreadSince,
    subscribes_to_started: member.startedLevel,
    subscribes_to_replied: member.repliedLevel,
    password_changed_at: member.passwordChangedAt,
    waiting_since: member.waitingSince,
    email: email?.address ?? null,
    email_paused_at: email?.pausedAt ?? null,
    email_links: links,
    digest: { ...digests, ...visits },
    searches,
    ignored: muted.map(({ name }) => name),
    second_factor_since: factor?.switchedOnAt ?? null,
    recovery_codes_left: factor?.codesLeft ?? 0,
    passkeys: keys.map(({ name, createdAt, lastUsedOn }) => ({ name, added_at: createdAt, last_used_on: lastUsedOn })),
  }
}

export type OwnProfile = Awaited<ReturnType<typeof profileOf>>

/** A member's sessions, without the secrets that open them. */
export const ownSessions = (database: Database, memberId: number) =>
  database
    .select({
      device: sessions.device,
      began_at: sessions.createdAt,
      last_seen_on: sessions.seenOn,
      ends_at: sessions.expiresAt,
    })
    .from(sessions)
    .where(eq(sessions.memberId, memberId))
    .orderBy(desc(sessions.createdAt))
