import { eq } from 'drizzle-orm'
import { boardReads, reads } from '../../schema/reading.ts'
import { boardSubscriptions, crossingSubscriptions, threadSubscriptions } from '../../schema/subscriptions.ts'
import type { Leaving } from '../members/steps.ts'
import type { Step } from '../step.ts'

/** What an erased member followed and read is nobody's business any more. */
export const forgetFollowing: Step<Leaving> = async (transaction, { memberId }) => {
  for (const table of [boardSubscriptions, crossingSubscriptions, threadSubscriptions, reads, boardReads]) {
    await transaction.delete(table).where(eq(table.memberId, memberId))
  }
}
