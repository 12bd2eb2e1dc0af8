import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'
import { cases } from '../../schema/moderation.ts'
import { type Announce, casesEvent } from '../events.ts'

/** Grants a member's open appeals when their sanctions are lifted, because that is what they asked for. */
export async function grantAppeals(
  transaction: Transaction,
  announce: Announce,
  { memberId, by, reason }: { memberId: number; by: { id: number } | null; reason: string | null },
): Promise<void> {
  await transaction
    .update(cases)
    .set({ closedAt: sql`now()`, decision: 'approve', statement: reason, decidedBy: by?.id ?? null })
    .where(and(eq(cases.memberId, memberId), eq(cases.kind, 'appeal'), isNull(cases.closedAt)))
  await announce(casesEvent)
}

/** Moves an appeal to the sanction that replaces the first one. */
export async function appealGoesOn(transaction: Transaction, from: number, to: number): Promise<void> {
  await transaction
    .update(cases)
    .set({ sanctionId: to })
    .where(and(eq(cases.sanctionId, from), isNull(cases.closedAt)))
}
