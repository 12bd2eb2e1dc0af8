import { eq, type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'
import { members, sessions } from '../../schema/members.ts'
import { type Announce, memberEvent } from '../events.ts'
import { forgetTokens } from './email-tokens.ts'

/** What a sanction does to an account; why, and until when, is known to those who impose it. */

/** Lets a member write nothing until a moment; null: they may write again. */
export async function silence(
  transaction: Transaction,
  announce: Announce,
  memberId: number,
  until: SQL | null,
): Promise<void> {
  await transaction.update(members).set({ silencedUntil: until }).where(eq(members.id, memberId))
  await announce(memberEvent('member', memberId))
}

/** Ends all sessions of a member, voids the links that they were sent and lets no new session begin. */
export async function shutOut(transaction: Transaction, announce: Announce, memberId: number): Promise<void> {
  await transaction.update(members).set({ bannedAt: sql`now()` }).where(eq(members.id, memberId))
  await forgetTokens(transaction, memberId)
  await transaction.delete(sessions).where(eq(sessions.memberId, memberId))
  await announce(memberEvent('signed-out', memberId))
}

/** Lets a member who was shut out come back. */
export async function letBack(transaction: Transaction, memberId: number): Promise<void> {
  await transaction.update(members).set({ bannedAt: null }).where(eq(members.id, memberId))
}

/** Lets somebody write who has waited to be let in. */
export async function admit(transaction: Transaction, announce: Announce, memberId: number): Promise<void> {
  await transaction.update(members).set({ waitingSince: null }).where(eq(members.id, memberId))
  await announce(memberEvent('member', memberId))
}
