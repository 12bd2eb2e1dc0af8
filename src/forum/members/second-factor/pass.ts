import { and, eq, isNotNull, lt } from 'drizzle-orm'
import type { Database } from '../../../platform/database/database.ts'
import { invalidField } from '../../../platform/problem.ts'
import { attemptsBeyond, giveBackAttempt } from '../../../platform/rate-limits/rate-limits.ts'
import { secondFactors } from '../../../schema/second-factors.ts'
import type { Forum } from '../../forum.ts'
import { countGuess } from '../guesses.ts'
import { knownDevice } from '../known-device.ts'
import type { KnownMember } from '../log-in.ts'
import { halfMinuteOf, readableSecret } from './authenticator.ts'
import { useRecoveryCode } from './recovery-codes.ts'

/** Whether a member needs a code after their password. */
export async function needsCode(database: Database, memberId: number): Promise<boolean> {
  const [factor] = await database
    .select({ memberId: secondFactors.memberId })
    .from(secondFactors)
    .where(and(eq(secondFactors.memberId, memberId), isNotNull(secondFactors.switchedOnAt)))
  return factor !== undefined
}

/**
 * Three codes in a million are valid at any moment. An attacker here has the password and may use many networks, so this
 * limit is for the account, and known browsers have no exception. Recovery codes cannot be guessed, so they always work.
 */
const OF_APP = { action: 'guess a code of the app', most: 30, seconds: 86_400 }

export interface SaidCode {
  member: KnownMember
  /** Of the app, or a recovery code. */
  code: string
  /** A digest of the network address. */
  place: string
  /** The cookie that lists the members who logged in with this browser. */
  devices: string
}

/**
 * Completes the login of a member with a code, which works only once.
 * @throws Problem 422 for a wrong, expired or used code, and for any code of the app after too many wrong ones; 429
 * after too many from one network, 503 when too many wait.
 */
export async function passWithCode(forum: Forum, { member, code, place, devices }: SaidCode): Promise<void> {
  const { id: memberId, passwordHash } = member
  const device = knownDevice(forum.secret, devices, memberId)
  const guess = await countGuess(forum, { account: `code of member ${memberId}`, place, device })
  const typed = code.replaceAll(/\s/g, '')
  const isOfApp = /^\d{6}$/.test(typed)
  if (isOfApp && (await attemptsBeyond(forum, OF_APP, passwordHash)) > 0) {
    guess.refuse()
    throw invalidField('code', 'second_factor.only_recovery')
  }
  const passes = isOfApp ? await opens(forum, memberId, typed) : await useRecoveryCode(forum, memberId, typed)
  if (!passes) {
    guess.refuse()
    throw invalidField('code', 'second_factor.wrong_code')
  }
  if (isOfApp) await giveBackAttempt(forum, OF_APP, passwordHash)
  await guess.forgive()
}

/** Whether it is a valid, unused code of the app. If two use it at once, one succeeds. */
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
