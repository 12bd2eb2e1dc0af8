import { eq } from 'drizzle-orm'
import type { Transaction } from '../../../platform/database/database.ts'
import { recoveryCodes, secondFactors } from '../../../schema/second-factors.ts'

/** Takes every second factor of a member away: an admin's link says that they have lost them. */
export async function removeFactors(transaction: Transaction, memberId: number): Promise<void> {
  for (const table of [secondFactors, recoveryCodes]) {
    await transaction.delete(table).where(eq(table.memberId, memberId))
  }
}
