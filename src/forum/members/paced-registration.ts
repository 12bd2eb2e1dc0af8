import { attemptsBeyond, giveBackAttempt } from '../../platform/rate-limits/rate-limits.ts'
import { Throttle } from '../../platform/rate-limits/throttle.ts'
import type { Forum } from '../forum.ts'
import { type NewMember, registerMember } from './register-member.ts'

/** New accounts from one network address, which many people may share. Further ones wait instead of failing. */
const ACCOUNTS = { action: 'register', most: 30, seconds: 3_600 }
const PACE_MILLISECONDS = 4_000

const throttle = new Throttle()

/**
 * Makes an account as `registerMember` does, but slowly after very many from one network address in an hour. Counts only
 * forms that made an account.
 * @throws Problem 429 when there was no turn within ten seconds; and whatever `registerMember` throws.
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
