import { eq } from 'drizzle-orm'
import type { Transaction } from '../../../platform/database/database.ts'
import { signInNeeded } from '../../../platform/problem.ts'
import { members, sessions } from '../../../schema/members.ts'
import { sessionHash } from './adapter.ts'

/** A member and the session from which they ask. */
export interface InSession {
  memberId: number
  sessionId: string
}

/**
 * Locks a member's account, and checks that the session is still valid. Whatever ends sessions (a new password, leaving,
 * a ban) locks the account too, so that somebody who is being locked out cannot make a new key at the same moment.
 * @throws Problem 401
 */
export async function holdSession(transaction: Transaction, { memberId, sessionId }: InSession): Promise<void> {
  await transaction.select({ id: members.id }).from(members).where(eq(members.id, memberId)).for('no key update')
  // A second query, because it must see what was committed while the first waited for the lock.
  const standing = await transaction
    .select({ memberId: sessions.memberId })
    .from(sessions)
    .where(eq(sessions.idHash, sessionHash(sessionId)))
  if (standing.length === 0) throw signInNeeded()
}
