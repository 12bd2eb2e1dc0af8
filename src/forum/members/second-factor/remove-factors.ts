import { eq } from 'drizzle-orm'
import type { Transaction } from '../../../platform/database/database.ts'
import { passkeys } from '../../../schema/passkeys.ts'
import { recoveryCodes, secondFactors } from '../../../schema/second-factors.ts'

/** Removes a member's second factor and passkeys, after an admin's rescue link. */
export async function removeFactors(transaction: Transaction, memberId: number): Promise<void> {
  for (const table of [secondFactors, recoveryCodes, passkeys]) {
    await transaction.delete(table).where(eq(table.memberId, memberId))
  }
}
