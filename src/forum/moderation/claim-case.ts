import { and, eq, isNull } from 'drizzle-orm'
import { inTransaction } from '../../platform/database/in-transaction.ts'
import { cases } from '../../schema/moderation.ts'
import { casesEvent } from '../events.ts'
import type { Forum } from '../forum.ts'
import { closedBy, findCase, findOpenCase } from './find-case.ts'

/** Says that a moderator looks into a case, whoever did so before. Nobody is kept from deciding it. @throws Problem 404, 409 */
export async function claimCase(forum: Forum, id: number, by: number): Promise<void> {
  await findOpenCase(forum.database, id)
  const claimed = await inTransaction(forum, async (transaction, announce) => {
    await announce(casesEvent)
    return transaction
      .update(cases)
      .set({ claimedBy: by, claimedAt: new Date() })
      .where(and(eq(cases.id, id), isNull(cases.closedAt)))
      .returning({ id: cases.id })
  })
  if (claimed.length === 0) throw closedBy(await findCase(forum.database, id))
}
