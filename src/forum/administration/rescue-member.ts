import { inTransaction } from '../../platform/database/in-transaction.ts'
import { notFound } from '../../platform/problem.ts'
import { takeAttempt } from '../../platform/rate-limits/rate-limits.ts'
import { memberEvent } from '../events.ts'
import type { Forum } from '../forum.ts'
import { makeToken } from '../members/email-tokens.ts'
import { publicProfile } from '../members/queries.ts'
import { tellByMail } from '../members/tell-by-mail.ts'
import { recordAct } from '../moderation/record-act.ts'
import { runSteps } from '../step.ts'

const RESCUES = { action: 'rescue a member', most: 20, seconds: 3_600 }

/**
 * Makes a link for a member who cannot log in any more, and answers it; it is not shown again. For an hour and once, it
 * lets them choose a new password and switches their second factor off. It is logged, and the member is told.
 * @param by the admin.
 * @throws Problem 404 for an unknown name; 429.
 */
export async function rescueMember(forum: Forum, username: string, by: number): Promise<string> {
  await takeAttempt(forum, RESCUES, String(by))
  const member = await publicProfile(forum.database, username)
  if (!member) throw notFound('members.not_found')
  const { id: memberId } = member
  return inTransaction(forum, async (transaction, announce) => {
    const token = await makeToken(transaction, 'rescue', memberId, null)
    await recordAct(transaction, { kind: 'rescue', by, member: memberId })
    await tellByMail(forum, transaction, memberId, 'rescue', '/settings/security')
    await runSteps(forum.steps.accountChanged, transaction, {
      memberId,
      occasion: 'rescue',
      path: '/settings/security',
    })
    await announce(memberEvent('notified', memberId))
    return `${forum.config.origin}/reset/${token}`
  })
}
