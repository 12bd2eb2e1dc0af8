import { eq } from 'drizzle-orm'
import type { Transaction } from '../../../platform/database/database.ts'
import { signInNeeded } from '../../../platform/problem.ts'
import { members, sessions } from '../../../schema/members.ts'
import { sessionHash } from './adapter.ts'

/** Who asks, and in which session. */
export interface InSession {
  memberId: number
  sessionId: string
}

/**
 * Holds a member's account, and makes sure that the session that asks still stands: what ends it (a new password, leaving,
 * a ban) holds the account too, so that somebody who is being shut out does not make themself a key in the same moment.
 * @throws Problem 401
 */
export async function holdSession(transaction: Transaction, { memberId, sessionId }: InSession): Promise<void> {
  await transaction.select({ id: members.id }).from(members).where(eq(members.id, memberId)).for('no key update')
  // A query of its own: it must see what was committed while the lock on the account was waited for.
  const standing = await transaction
    .select({ memberId: sessions.memberId })
    .from(sessions)
    .where(eq(sessions.idHash, sessionHash(sessionId)))
  if (standing.length === 0) throw signInNeeded()
}
