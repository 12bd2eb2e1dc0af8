import { attemptsBeyond, giveBackAttempt } from '../../platform/rate-limits/rate-limits.ts'
import { Throttle } from '../../platform/rate-limits/throttle.ts'
import type { Forum } from '../forum.ts'
import { type NewMember, registerMember } from './register-member.ts'

/** New accounts of one place; many people may share it, so that more of them wait and are not refused. */
const ACCOUNTS = { action: 'register', most: 30, seconds: 3_600 }
const PACE_MILLISECONDS = 4_000

const throttle = new Throttle()

/**
 * Makes an account like `registerMember`, and slowly where there were very many from one place in an hour. Forms that
 * made no account do not count.
 * @throws Problem 429 when so many wait that there was no turn within ten seconds; and what `registerMember` throws.
 */
export async function pacedRegistration(forum: Forum, member: NewMember & { place: string }): Promise<number> {
  const { place } = member
  const beyond = await attemptsBeyond(forum, ACCOUNTS, place)
  try {
    if (beyond > 0) await throttle.pass(place, PACE_MILLISECONDS)
    return await registerMember(forum, member)
  } catch (error) {
    await giveBackAttempt(forum, ACCOUNTS, place)
    throw error
  }
}
