import { tooMany } from '../../platform/problem.ts'
import { attemptsBeyond, forgetAttempts, giveBackAttempt } from '../../platform/rate-limits/rate-limits.ts'
import { Throttle } from '../../platform/rate-limits/throttle.ts'
import type { Forum } from '../forum.ts'

/** Who tries to log in, as far as known without the password. */
export interface Guesser {
  /** The account; the typed name if no member has it. */
  account: string
  /** A digest of the network address. Many people may share it. */
  place: string
  /** The token of a browser in which this member has logged in before; null for others. */
  device: string | null
}

const TEN_MINUTES = 600
const BY_DEVICE = { action: 'guess on a known device', most: 10, seconds: TEN_MINUTES }
const HERE = { action: 'guess an account from a place', most: 10, seconds: TEN_MINUTES }
const BY_ACCOUNT = { action: 'guess an account', most: 100, seconds: TEN_MINUTES }
const BY_PLACE = { action: 'guess from a place', most: 300, seconds: TEN_MINUTES }

/** In milliseconds. An account with too many tries lets one pass each second, and later one every five seconds. */
const ACCOUNT_PACE = 1_000
const SLOWEST_ACCOUNT_PACE = 5_000
const PLACE_PACE = 100

const throttle = new Throttle()

/** A counted try. */
export interface Guess {
  /** The password was wrong. @throws Problem 429 after too many from this network. */
  refuse(): void
  /** The password was right, so the try does not count. */
  forgive(): Promise<void>
}

/**
 * Counts a try before the password is checked, so that a thousand at once all count, and delays it after too many. A
 * right password is never refused because of other people's tries: it only waits, and not at all in a browser that the
 * member has used before.
 * @throws Problem 429 when there was no turn within ten seconds.
 */
export async function countGuess(forum: Forum, { account, place, device }: Guesser): Promise<Guess> {
  if (device !== null && (await attemptsBeyond(forum, BY_DEVICE, device)) === 0) {
    return { refuse: () => {}, forgive: () => forgetAttempts(forum, BY_DEVICE, device) }
  }
  const here = `${account}\n${place}`
  const tooManyOfPlace = await attemptsBeyond(forum, BY_PLACE, place)
  if (tooManyOfPlace > 0) await throttle.pass(`place ${place}`, PLACE_PACE)
  const tooManyHere = await attemptsBeyond(forum, HERE, here)
  // A network above its own limit no longer counts for the account, or it alone could slow down all others.
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
