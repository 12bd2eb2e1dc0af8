import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Transaction } from '../../../platform/database/database.ts'
import { inTransaction } from '../../../platform/database/in-transaction.ts'
import { dropMails } from '../../../platform/mail/mail.ts'
import { invalidField } from '../../../platform/problem.ts'
import { members, sessions } from '../../../schema/members.ts'
import { memberEvent, nameEvent } from '../../events.ts'
import type { Forum } from '../../forum.ts'
import { runSteps } from '../../step.ts'
import { revokeAllTokens } from '../api/end-tokens.ts'
import { forgetTokens } from '../email-tokens.ts'
import { type Asking, mustKnowPassword } from '../must-know-password.ts'
import { forgetOffer } from '../second-factor/switch-on.ts'
import { tellByMail } from '../tell-by-mail.ts'

export type LeftPosts = 'keep' | 'remove'

/**
 * Closes a member's account at once: hides the name and page, ends all sessions, tokens and links, and stops mails.
 * Until `erase.ts` erases it, a login undoes it. Leaving twice has no further effect.
 * @param posts whether their posts stay without a name, or are erased with the account.
 * @throws Problem 422 for a wrong password, and for the last admin; 429 after many attempts.
 */
export async function leaveForum(forum: Forum, asking: Asking, posts: LeftPosts): Promise<void> {
  const checked = await mustKnowPassword(forum, asking)
  const { memberId } = asking
  await inTransaction(forum, async (transaction, announce) => {
    await mustLeaveAnAdmin(transaction, memberId)
    // Before the name is hidden, because the mail greets by name.
    await tellByMail(forum, transaction, memberId, 'left', '/login')
    const closed = await transaction
      .update(members)
      .set({
        username: null,
        formerUsername: sql`${members.username}`,
        leftAt: sql`now()`,
        takesPostsAway: posts === 'remove',
      })
      .where(and(eq(members.id, memberId), isNull(members.leftAt), eq(members.passwordHash, checked)))
      .returning({ id: members.id })
    if (closed.length === 0) throw invalidField('password', 'accounts.wrong_password')
    await transaction.delete(sessions).where(eq(sessions.memberId, memberId))
    await forgetTokens(transaction, memberId)
    await revokeAllTokens(transaction, memberId)
    await forgetOffer(transaction, memberId)
    await dropMails(transaction, memberId, 'digest')
    await dropMails(transaction, memberId, 'notification')
    await runSteps(forum.steps.memberLeft, transaction, { memberId })
    await announce(memberEvent('signed-out', memberId))
    await announce(nameEvent(memberId))
  })
}

/** Locks all admins, so that of the last two who leave at once one stays. */
async function mustLeaveAnAdmin(transaction: Transaction, memberId: number): Promise<void> {
  const admins = await transaction
    .select({ id: members.id })
    .from(members)
    .where(and(eq(members.role, 'admin'), isNull(members.leftAt)))
    .orderBy(members.id)
    .for('no key update')
  if (admins.length === 1 && admins[0]?.id === memberId) throw invalidField('posts', 'data.last_admin')
}
