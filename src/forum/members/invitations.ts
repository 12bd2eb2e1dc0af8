import { createHash, randomBytes } from 'node:crypto'
import { and, desc, eq, gt, isNull, sql } from 'drizzle-orm'
import type { Database, Transaction } from '../../platform/database/database.ts'
import { invalidField } from '../../platform/problem.ts'
import { invitations, members } from '../../schema/members.ts'

const DAYS = 14
const MOST_SHOWN = 50

const hashOf = (code: string): Buffer => createHash('sha256').update(code).digest()

/** Makes an invitation for one person, and answers its code, which is shown once. */
export async function makeInvitation(transaction: Transaction, by: number): Promise<string> {
  const code = randomBytes(16).toString('base64url')
  const endsAt = sql`now() + make_interval(days => ${DAYS}::int)`
  await transaction.insert(invitations).values({ codeHash: hashOf(code), madeBy: by, endsAt })
  return code
}

/**
 * Uses an invitation up. If two use it at once, one registers. @throws Problem 422 when it is used, expired or not ours.
 */
export async function useInvitation(transaction: Transaction, code: string, memberId: number): Promise<void> {
  const used = await transaction
    .update(invitations)
    .set({ usedBy: memberId })
    .where(and(eq(invitations.codeHash, hashOf(code)), isNull(invitations.usedBy), gt(invitations.endsAt, sql`now()`)))
    .returning({ usedBy: invitations.usedBy })
  if (used.length === 0) throw invalidField('invitation', 'registration.no_such_invitation')
}

/** A moderator's invitations, newest first, with the members who used them; without names of former members. */
export const invitationsBy = (database: Database, by: number, most = MOST_SHOWN) =>
  database
    .select({
      madeAt: invitations.madeAt,
      endsAt: invitations.endsAt,
      usedBy: members.username,
      isUsed: sql<boolean>`${invitations.usedBy} is not null`,
    })
    .from(invitations)
    .leftJoin(members, eq(members.id, invitations.usedBy))
    .where(eq(invitations.madeBy, by))
    .orderBy(desc(invitations.madeAt))
    .limit(most)
