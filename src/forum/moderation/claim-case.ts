import { and, eq, isNull } from 'drizzle-orm'
import { inTransaction } from '../../platform/database/in-transaction.ts'
import { cases } from '../../schema/moderation.ts'
import { casesEvent } from '../events.ts'
import type { Forum } from '../forum.ts'
import type { Actor } from '../members/permissions.ts'
import { closedBy, findCase, findOpenCase, mustNotConcern } from './find-case.ts'

/**
 * Marks a case as claimed by a moderator, in place of an earlier one. Others may still decide it. @throws Problem 403,
 * 404, 409
 */
export async function claimCase(forum: Forum, id: number, by: Actor): Promise<void> {
  mustNotConcern(by, await findOpenCase(forum.database, id))
  const claimed = await inTransaction(forum, async (transaction, announce) => {
    await announce(casesEvent)
    return transaction
      .update(cases)
      .set({ claimedBy: by.id, claimedAt: new Date() })
      .where(and(eq(cases.id, id), isNull(cases.closedAt)))
      .returning({ id: cases.id })
  })
  if (claimed.length === 0) throw closedBy(await findCase(forum.database, id))
}
