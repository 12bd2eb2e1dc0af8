import { and, desc, eq, gt, inArray, isNull, sql } from 'drizzle-orm'
import type { Database, Transaction } from '../../platform/database/database.ts'
import { type MemberName, members, sessions } from '../../schema/members.ts'
import { sessionHash } from './sessions/adapter.ts'
import { usernameKey } from './username-key.ts'

/** The members with these name keys, without former members. Unknown keys are left out. */
export const membersNamed = async (database: Database, keys: string[]) =>
  named(
    await database
      .select({ id: members.id, username: members.username, usernameKey: members.usernameKey })
      .from(members)
      .where(inArray(members.usernameKey, keys)),
  )

/** The public data of a member, by any spelling of their name. */
export async function publicProfile(database: Database, username: string) {
  const [member] = await database
    .select({
      id: members.id,
      username: members.username,
      role: members.role,
      biography: members.biography,
      listed: members.listed,
      createdAt: members.createdAt,
    })
    .from(members)
    .where(eq(members.usernameKey, usernameKey(username)))
  return named(member ? [member] : [])[0] ?? null
}

/** Only those with a name: a former member has none. */
export const named = <Member extends { username: MemberName }>(found: readonly Member[]) =>
  found.flatMap(({ username, ...member }) => (username === null ? [] : [{ ...member, username }]))

/** A member's name in their own spelling. */
export async function usernameOf(database: Database, memberId: number): Promise<string> {
  const [member] = await database.select({ username: members.username }).from(members).where(eq(members.id, memberId))
  return member?.username ?? ''
}

/** A member's own settings and profile. */
export async function ownProfile(database: Database, memberId: number) {
  const { username, role, language, theme, timeZone, biography, listed, unreadSince } = members
  const [member] = await database
    .select({ username, role, language, theme, timeZone, biography, listed, unreadSince })
    .from(members)
    .where(eq(members.id, memberId))
  return named(member ? [member] : [])[0] ?? null
}

/** A member's sessions, newest first. */
export const sessionsOf = (database: Database, memberId: number) =>
  database
    .select({
      idHash: sessions.idHash,
      device: sessions.device,
      createdAt: sessions.createdAt,
      seenOn: sessions.seenOn,
    })
    .from(sessions)
    .where(and(eq(sessions.memberId, memberId), gt(sessions.expiresAt, sql`now()`)))
    .orderBy(desc(sessions.createdAt))

/**
 * Whether a member still has the password that was checked, and is not banned. Waits for a change in another
 * transaction. A later change sees, and ends, what was written before this call.
 */
export async function stillHasPassword(database: Database, memberId: number, checked: string): Promise<boolean> {
  const found = await database
    .select({ id: members.id })
    .from(members)
    .where(and(eq(members.id, memberId), eq(members.passwordHash, checked), isNull(members.bannedAt)))
    .for('share')
  return found.length > 0
}

/** A member's stored password hash; null for a banned or unknown member. */
export async function passwordOf(database: Database, memberId: number): Promise<string | null> {
  const [member] = await database
    .select({ passwordHash: members.passwordHash })
    .from(members)
    .where(and(eq(members.id, memberId), isNull(members.bannedAt)))
  return member?.passwordHash ?? null
}

/** When the password was last given in a session; null when the session has ended. */
export async function sessionConfirmed(database: Database, sessionId: string): Promise<Date | null> {
  const [session] = await database
    .select({ confirmedAt: sessions.confirmedAt })
    .from(sessions)
    .where(eq(sessions.idHash, sessionHash(sessionId)))
  return session?.confirmedAt ?? null
}

/** Stores that the password was just given in this session. */
export async function noteConfirmed(database: Database, sessionId: string): Promise<void> {
  await database
    .update(sessions)
    .set({ confirmedAt: sql`now()` })
    .where(eq(sessions.idHash, sessionHash(sessionId)))
}

/** When a member last changed their password; null for never. */
export async function passwordChangedAt(database: Database, memberId: number): Promise<Date | null> {
  const [member] = await database
    .select({ changedAt: members.passwordChangedAt })
    .from(members)
    .where(eq(members.id, memberId))
  return member?.changedAt ?? null
}

/** Whether there is an admin. */
export async function hasAdmin(database: Database | Transaction): Promise<boolean> {
  const [admin] = await database
    .select({ id: members.id })
    .from(members)
    .where(and(eq(members.role, 'admin'), isNull(members.leftAt)))
    .limit(1)
  return admin !== undefined
}

/** Those of these sessions that are still valid, by id. */
export async function standingSessions(database: Database, ids: readonly string[]): Promise<Set<string>> {
  const idOf = new Map(ids.map((id) => [sessionHash(id).toString('hex'), id]))
  const standing = await database
    .select({ idHash: sessions.idHash })
    .from(sessions)
    .where(
      and(
        inArray(
          sessions.idHash,
          ids.map((id) => sessionHash(id)),
        ),
        gt(sessions.expiresAt, sql`now()`),
      ),
    )
  return new Set(standing.flatMap(({ idHash }) => idOf.get(idHash.toString('hex')) ?? []))
}
