import { eq } from 'drizzle-orm'
import { bookmarks } from '../../schema/marks.ts'
import { boardReads, reads } from '../../schema/reading.ts'
import { boardSubscriptions, crossingSubscriptions, threadSubscriptions } from '../../schema/subscriptions.ts'
import type { Leaving } from '../members/steps.ts'
import type { Step } from '../step.ts'

/** Deletes what an erased member followed, read and put aside. */
export const forgetFollowing: Step<Leaving> = async (transaction, { memberId }) => {
  for (const table of [boardSubscriptions, crossingSubscriptions, threadSubscriptions, reads, boardReads, bookmarks]) {
    await transaction.delete(table).where(eq(table.memberId, memberId))
  }
}
