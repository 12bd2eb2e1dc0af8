import { eq } from 'drizzle-orm'
import { bookmarks } from '../../schema/marks.ts'
import { boardReads, reads } from '../../schema/reading.ts'
import { boardSubscriptions, crossingSubscriptions, mutes, threadSubscriptions } from '../../schema/subscriptions.ts'
import type { Leaving } from '../members/steps.ts'
import type { Step } from '../step.ts'

/** Deletes an erased member's subscriptions, reading, bookmarks and mutes. */
export const forgetFollowing: Step<Leaving> = async (transaction, { memberId }) => {
  const followed = [boardSubscriptions, crossingSubscriptions, threadSubscriptions]
  for (const table of [...followed, mutes, reads, boardReads, bookmarks]) {
    await transaction.delete(table).where(eq(table.memberId, memberId))
  }
}
