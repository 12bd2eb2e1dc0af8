import { eq } from 'drizzle-orm'
import { bookmarks } from '../../schema/marks.ts'
import { boardReads, reads } from '../../schema/reading.ts'
import { boardSubscriptions, crossingSubscriptions, mutes, threadSubscriptions } from '../../schema/subscriptions.ts'
import type { Leaving } from '../members/steps.ts'
import type { Step } from '../step.ts'

/** Deletes what an erased member followed, read and put aside, and whom they ignored. */
export const forgetFollowing: Step<Leaving> = async (transaction, { memberId }) => {
  const followed = [boardSubscriptions, crossingSubscriptions, threadSubscriptions]
  for (const table of [...followed, mutes, reads, boardReads, bookmarks]) {
    await transaction.delete(table).where(eq(table.memberId, memberId))
  }
}
