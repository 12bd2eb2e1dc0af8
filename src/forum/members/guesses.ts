import { tooMany } from '../../platform/problem.ts'
import { attemptsBeyond, forgetAttempts, giveBackAttempt } from '../../platform/rate-limits/rate-limits.ts'
import { Throttle } from '../../platform/rate-limits/throttle.ts'
import type { Forum } from '../forum.ts'

/** Who tries to log in, as far as it is known before the password is. */
export interface Guesser {
  /** The account, or the name where nobody has it. */
  account: string
  /** A passing name of the place that the request comes from; many people may share it. */
  place: string
  /** The token of a browser in which this member has logged in before. */
  device: string | null
}

const TEN_MINUTES = 600
const BY_DEVICE = { action: 'guess on a known device', most: 10, seconds: TEN_MINUTES }
const HERE = { action: 'guess an account from a place', most: 10, seconds: TEN_MINUTES }
const BY_ACCOUNT = { action: 'guess an account', most: 100, seconds: TEN_MINUTES }
const BY_PLACE = { action: 'guess from a place', most: 300, seconds: TEN_MINUTES }

/** In milliseconds: an account that is being guessed lets one try pass each second, and in the end one in five. */
const ACCOUNT_PACE = 1_000
const SLOWEST_ACCOUNT_PACE = 5_000
const PLACE_PACE = 100

const throttle = new Throttle()

/** A counted try. */
export interface Guess {
  /** What to tell of a wrong password. @throws Problem 429 when there were too many from this place. */
  refuse(): void
  /** The password was the right one: it was no guess. */
  forgive(): Promise<void>
}

/**
 * Counts a try before the password is looked at, so that a thousand at once count as a thousand, and slows it down where
 * there were too many. No right password is refused because of what others have tried: they only wait with it, and not
 * at all for a browser that the member has used before.
 * @throws Problem 429 when so many wait that there was no turn within ten seconds.
 */
export async function countGuess(forum: Forum, { account, place, device }: Guesser): Promise<Guess> {
  if (device !== null && (await attemptsBeyond(forum, BY_DEVICE, device)) === 0) {
    return { refuse: () => {}, forgive: () => forgetAttempts(forum, BY_DEVICE, device) }
  }
  const here = `${account}\n${place}`
  const tooManyOfPlace = await attemptsBeyond(forum, BY_PLACE, place)
  if (tooManyOfPlace > 0) await throttle.pass(`place ${place}`, PLACE_PACE)
  const tooManyHere = await attemptsBeyond(forum, HERE, here)
  // A place that is over its own measure counts no further: it alone must not slow down all others.
  const tooManyOfAccount = tooManyHere > 0 ? 0 : await attemptsBeyond(forum, BY_ACCOUNT, account)
  if (tooManyHere > 0) {
    await throttle.pass(`here ${here}`, paceAfter(tooManyHere))
    await throttle.pass(`places over their measure ${account}`, ACCOUNT_PACE)
  }
  if (tooManyOfAccount > 0) await throttle.pass(`account ${account}`, paceAfter(tooManyOfAccount))
  return {
    refuse() {
      if (tooManyHere > 0) throw tooMany(TEN_MINUTES)
    },
    async forgive() {
      await forgetAttempts(forum, HERE, here)
      await giveBackAttempt(forum, BY_PLACE, place)
      if (tooManyHere === 0) await giveBackAttempt(forum, BY_ACCOUNT, account)
    },
  }
}

const paceAfter = (beyond: number): number => Math.min(SLOWEST_ACCOUNT_PACE, ACCOUNT_PACE * (1 + beyond / 50))
