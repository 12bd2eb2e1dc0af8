import { and, eq, isNull } from 'drizzle-orm'
import { inTransaction } from '../../../platform/database/in-transaction.ts'
import { conflict, invalidField } from '../../../platform/problem.ts'
import { takeAttempt } from '../../../platform/rate-limits/rate-limits.ts'
import { secondFactors } from '../../../schema/second-factors.ts'
import { memberEvent } from '../../events.ts'
import type { Forum } from '../../forum.ts'
import { runSteps } from '../../step.ts'
import { tellByMail } from '../tell-by-mail.ts'
import { halfMinuteOf, newSecret, readableSecret } from './authenticator.ts'
import { makeRecoveryCodes } from './recovery-codes.ts'

const ATTEMPTS = { action: 'switch on second factor', most: 20, seconds: 600 }

/**
 * The secret that a member is to give to their app, in base32: the same until a code has shown that the app has it.
 * Null once a second factor is on: then it is never shown again.
 */
export async function offeredSecret({ database, secret }: Forum, memberId: number): Promise<string | null> {
  await database
    .insert(secondFactors)
    .values({ memberId, secret: newSecret(secret) })
    .onConflictDoNothing()
  const [offered] = await database
    .select({ stored: secondFactors.secret })
    .from(secondFactors)
    .where(and(eq(secondFactors.memberId, memberId), isNull(secondFactors.switchedOnAt)))
  return offered ? readableSecret(secret, offered.stored) : null
}

/**
 * Switches a member's second factor on with a first code of their app, tells them, and answers their recovery codes.
 * @throws Problem 409 when it is on already; 422 for a wrong code; 429 after many.
 */
export async function switchOn(forum: Forum, memberId: number, code: string): Promise<string[]> {
  await takeAttempt(forum, ATTEMPTS, String(memberId))
  const offered = await offeredSecret(forum, memberId)
  if (offered === null) throw conflict('second_factor.is_on_already')
  const lastHalfMinute = halfMinuteOf(offered, code)
  if (lastHalfMinute === null) throw invalidField('code', 'second_factor.wrong_code')
  return inTransaction(forum, async (transaction, announce) => {
    const switched = await transaction
      .update(secondFactors)
      .set({ switchedOnAt: new Date(), lastHalfMinute })
      .where(and(eq(secondFactors.memberId, memberId), isNull(secondFactors.switchedOnAt)))
      .returning({ memberId: secondFactors.memberId })
    if (switched.length === 0) throw conflict('second_factor.is_on_already')
    await tellByMail(forum, transaction, memberId, 'factor_on', '/settings/security')
    await runSteps(forum.steps.accountChanged, transaction, {
      memberId,
      occasion: 'factor_on',
      path: '/settings/security',
    })
    await announce(memberEvent('notified', memberId))
    return makeRecoveryCodes(transaction, memberId)
  })
}
