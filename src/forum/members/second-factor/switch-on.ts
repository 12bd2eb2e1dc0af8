import { and, eq, isNull } from 'drizzle-orm'
import type { Transaction } from '../../../platform/database/database.ts'
import { inTransaction } from '../../../platform/database/in-transaction.ts'
import { conflict, invalidField } from '../../../platform/problem.ts'
import { takeAttempt } from '../../../platform/rate-limits/rate-limits.ts'
import { secondFactors } from '../../../schema/second-factors.ts'
import { memberEvent } from '../../events.ts'
import type { Forum } from '../../forum.ts'
import { runSteps } from '../../step.ts'
import { holdSession, type InSession } from '../sessions/hold-session.ts'
import { tellByMail } from '../tell-by-mail.ts'
import { halfMinuteOf, newSecret, readableSecret } from './authenticator.ts'
import { makeRecoveryCodes } from './recovery-codes.ts'

const ATTEMPTS = { action: 'switch on second factor', most: 20, seconds: 600 }

/**
 * The secret for a member's app, in base32. It stays the same until a code proves that the app has it; null once a
 * second factor is on, because it is never shown again.
 */
export async function offeredSecret(forum: Forum, memberId: number): Promise<string | null> {
  const stored = await storedOffer(forum, memberId)
  return stored ? readableSecret(forum.secret, stored) : null
}

async function storedOffer({ database, secret }: Forum, memberId: number): Promise<Buffer | null> {
  await database
    .insert(secondFactors)
    .values({ memberId, secret: newSecret(secret) })
    .onConflictDoNothing()
  const [offered] = await database.select({ stored: secondFactors.secret }).from(secondFactors).where(isOffer(memberId))
  return offered?.stored ?? null
}

const isOffer = (memberId: number) => and(eq(secondFactors.memberId, memberId), isNull(secondFactors.switchedOnAt))

/** Drops the offered secret, because somebody with an ended session may have noted it. The next page offers a new one. */
export async function forgetOffer(transaction: Transaction, memberId: number): Promise<void> {
  await transaction.delete(secondFactors).where(isOffer(memberId))
}

/**
 * Switches a member's second factor on with a first code of their app, tells them, and answers their recovery codes.
 * @throws Problem 409 when it is on already; 422 for a wrong code; 401 when the session has just ended; 429 after many
 * tries.
 */
export async function switchOn(forum: Forum, asking: InSession, code: string): Promise<string[]> {
  const { memberId } = asking
  await takeAttempt(forum, ATTEMPTS, String(memberId))
  const offer = await storedOffer(forum, memberId)
  if (offer === null) throw conflict('second_factor.is_on_already')
  const lastHalfMinute = halfMinuteOf(readableSecret(forum.secret, offer), code)
  if (lastHalfMinute === null) throw invalidField('code', 'second_factor.wrong_code')
  return inTransaction(forum, async (transaction, announce) => {
    await holdSession(transaction, asking)
    const switched = await transaction
      .update(secondFactors)
      .set({ switchedOnAt: new Date(), lastHalfMinute })
      .where(and(isOffer(memberId), eq(secondFactors.secret, offer)))
      .returning({ memberId: secondFactors.memberId })
    if (switched.length === 0) throw conflict('second_factor.is_on_already')
    await tellByMail(forum, transaction, memberId, 'factor_on', '/settings/security')
    await runSteps(forum.steps.accountChanged, transaction, {
      memberId,
      occasion: 'factor_on',
      path: '/settings/security',
    })
    await announce(memberEvent('notified', memberId))
    return makeRecoveryCodes(forum, transaction, memberId)
  })
}
