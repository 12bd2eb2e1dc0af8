import { eq, type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'
import { members, sessions } from '../../schema/members.ts'
import { type Announce, memberEvent } from '../events.ts'
import { forgetTokens } from './email-tokens.ts'

/** The effects of sanctions on an account. The reason and the end are stored with the sanction. */

/** Silences a member until a moment; null ends it. */
export async function silence(
  transaction: Transaction,
  announce: Announce,
  memberId: number,
  until: SQL | null,
): Promise<void> {
  await transaction.update(members).set({ silencedUntil: until }).where(eq(members.id, memberId))
  await announce(memberEvent('member', memberId))
}

/** Bans a member: ends all sessions, makes all links invalid and lets no new session begin. */
export async function shutOut(transaction: Transaction, announce: Announce, memberId: number): Promise<void> {
  await transaction.update(members).set({ bannedAt: sql`now()` }).where(eq(members.id, memberId))
  await forgetTokens(transaction, memberId)
  await transaction.delete(sessions).where(eq(sessions.memberId, memberId))
  await announce(memberEvent('signed-out', memberId))
}

/** Ends a ban. */
export async function letBack(transaction: Transaction, memberId: number): Promise<void> {
  await transaction.update(members).set({ bannedAt: null }).where(eq(members.id, memberId))
}

/** Approves a new member, who may write from now on. */
export async function admit(transaction: Transaction, announce: Announce, memberId: number): Promise<void> {
  await transaction.update(members).set({ waitingSince: null }).where(eq(members.id, memberId))
  await announce(memberEvent('member', memberId))
}
