import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'
import { cases } from '../../schema/moderation.ts'
import { type Announce, casesEvent } from '../events.ts'

/** Grants the open appeals of a member whose sanctions were lifted: they have what they asked for. */
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

/** An appeal goes on against the sanction that replaces the one that it was against. */
export async function appealGoesOn(transaction: Transaction, from: number, to: number): Promise<void> {
  await transaction
    .update(cases)
    .set({ sanctionId: to })
    .where(and(eq(cases.sanctionId, from), isNull(cases.closedAt)))
}
