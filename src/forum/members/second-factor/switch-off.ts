import { and, eq, isNotNull } from 'drizzle-orm'
import { inTransaction } from '../../../platform/database/in-transaction.ts'
import { recoveryCodes, secondFactors } from '../../../schema/second-factors.ts'
import { memberEvent } from '../../events.ts'
import type { Forum } from '../../forum.ts'
import { runSteps } from '../../step.ts'
import { type Asking, mustKnowPassword } from '../must-know-password.ts'
import { holdSession } from '../sessions/hold-session.ts'
import { tellByMail } from '../tell-by-mail.ts'
import { makeRecoveryCodes } from './recovery-codes.ts'

/**
 * Switches a member's second factor off, and tells them. Doing so twice has no further effect.
 * @throws Problem 422 for a wrong password, 401 when the session has just ended, 429 after many tries.
 */
export async function switchOff(forum: Forum, asking: Asking): Promise<void> {
  await mustKnowPassword(forum, asking, 'off_password')
  const { memberId } = asking
  await inTransaction(forum, async (transaction, announce) => {
    await holdSession(transaction, asking)
    const removed = await transaction
      .delete(secondFactors)
      .where(and(eq(secondFactors.memberId, memberId), isNotNull(secondFactors.switchedOnAt)))
      .returning({ memberId: secondFactors.memberId })
    if (removed.length === 0) return
    await transaction.delete(recoveryCodes).where(eq(recoveryCodes.memberId, memberId))
    await tellByMail(forum, transaction, memberId, 'factor_off', '/settings/security')
    await runSteps(forum.steps.accountChanged, transaction, {
      memberId,
      occasion: 'factor_off',
      path: '/settings/security',
    })
    await announce(memberEvent('notified', memberId))
  })
}

/**
 * Replaces a member's recovery codes; answers none when no second factor is on.
 * @throws Problem 422 for a wrong password, 401 when the session has just ended, 429 after many tries.
 */
export async function renewRecoveryCodes(forum: Forum, asking: Asking): Promise<string[]> {
  await mustKnowPassword(forum, asking, 'codes_password')
  return inTransaction(forum, async (transaction) => {
    await holdSession(transaction, asking)
    const [factor] = await transaction
      .select({ switchedOnAt: secondFactors.switchedOnAt })
      .from(secondFactors)
      .where(eq(secondFactors.memberId, asking.memberId))
      .for('update')
    return factor?.switchedOnAt ? makeRecoveryCodes(forum, transaction, asking.memberId) : []
  })
}
