import { and, eq, isNotNull, lt } from 'drizzle-orm'
import type { Database } from '../../../platform/database/database.ts'
import { invalidField } from '../../../platform/problem.ts'
import { secondFactors } from '../../../schema/second-factors.ts'
import type { Forum } from '../../forum.ts'
import { countGuess } from '../guesses.ts'
import { knownDevice } from '../known-device.ts'
import { halfMinuteOf, readableSecret } from './authenticator.ts'
import { useRecoveryCode } from './recovery-codes.ts'

/** Whether a member who has said their password is asked for a code too. */
export async function needsCode(database: Database, memberId: number): Promise<boolean> {
  const [factor] = await database
    .select({ memberId: secondFactors.memberId })
    .from(secondFactors)
    .where(and(eq(secondFactors.memberId, memberId), isNotNull(secondFactors.switchedOnAt)))
  return factor !== undefined
}

export interface SaidCode {
  memberId: number
  /** Of the app, or a recovery code. */
  code: string
  /** A passing name of the place that the request comes from. */
  place: string
  /** The cookie of the browser's known members. */
  devices: string
}

/**
 * Lets a member who has said their password pass with a code, which never opens again.
 * @throws Problem 422 for a code that is wrong, old or used; 429 after too many wrong ones, 503 when too many wait.
 */
export async function passWithCode(forum: Forum, { memberId, code, place, devices }: SaidCode): Promise<void> {
  const device = knownDevice(forum.secret, devices, memberId)
  const guess = await countGuess(forum, { account: `code of member ${memberId}`, place, device })
  const typed = code.replaceAll(/\s/g, '')
  if (!((await opens(forum, memberId, typed)) || (await useRecoveryCode(forum.database, memberId, typed)))) {
    guess.refuse()
    throw invalidField('code', 'second_factor.wrong_code')
  }
  await guess.forgive()
}

/** Whether it is a code of the app that has not opened before. Two at once with one code: one of them opens. */
async function opens({ database, secret }: Forum, memberId: number, code: string): Promise<boolean> {
  const [factor] = await database
    .select({ stored: secondFactors.secret })
    .from(secondFactors)
    .where(and(eq(secondFactors.memberId, memberId), isNotNull(secondFactors.switchedOnAt)))
  const halfMinute = factor ? halfMinuteOf(readableSecret(secret, factor.stored), code) : null
  if (!factor || halfMinute === null) return false
  const moved = await database
    .update(secondFactors)
    .set({ lastHalfMinute: halfMinute })
    .where(
      and(
        eq(secondFactors.memberId, memberId),
        eq(secondFactors.secret, factor.stored),
        lt(secondFactors.lastHalfMinute, halfMinute),
      ),
    )
    .returning({ memberId: secondFactors.memberId })
  return moved.length > 0
}
