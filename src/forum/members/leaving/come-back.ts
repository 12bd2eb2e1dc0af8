import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import { inTransaction } from '../../../platform/database/in-transaction.ts'
import { members } from '../../../schema/members.ts'
import { nameEvent } from '../../events.ts'
import type { Forum } from '../../forum.ts'
import { runSteps } from '../../step.ts'
import { tellByMail } from '../tell-by-mail.ts'

/**
 * Brings a former member back who logs in: with name, page and mails, and tells them by mail. Answers `erased` when the
 * account was erased meanwhile.
 */
export async function comeBack(forum: Forum, memberId: number): Promise<'was here' | 'came back' | 'erased'> {
  return inTransaction(forum, async (transaction, announce) => {
    const [reopened] = await transaction
      .update(members)
      .set({
        username: sql`${members.formerUsername}`,
        formerUsername: null,
        leftAt: null,
        takesPostsAway: false,
      })
      .where(and(eq(members.id, memberId), isNotNull(members.leftAt), isNull(members.erasedAt)))
      .returning({ id: members.id })
    if (!reopened) {
      const [found] = await transaction.select({ at: members.erasedAt }).from(members).where(eq(members.id, memberId))
      return found?.at ? 'erased' : 'was here'
    }
    await runSteps(forum.steps.memberCameBack, transaction, { memberId })
    await tellByMail(forum, transaction, memberId, 'came_back', '/settings/data')
    await announce(nameEvent(memberId))
    return 'came back'
  })
}
