import { randomBytes } from 'node:crypto'
import { keyedHash } from '../crypto/keyed-hash.ts'
import type { Database } from '../database/database.ts'
import { notNow } from '../database/unreachable.ts'
import { networkOf, widerNetworkOf } from '../http/network-of.ts'
import { tooMany } from '../problem.ts'
import { type Attempts, attemptsIn } from './attempts.ts'

/** What counting needs. Where limits are off, nothing is counted. */
export interface LimitContext {
  config: { rateLimits: boolean }
  attempts: Attempts
  secret: string
}

export interface Limit {
  /** What is limited. */
  action: string
  /** How often it may be done … */
  most: number
  /** … within so many seconds of the first time. */
  seconds: number
}

/**
 * Counts one attempt at an action: by members and mail addresses in every process together, by where somebody comes from
 * (`networkDigest`) in each process for itself.
 * @param subject who or what attempts it; stored only as a keyed hash.
 * @throws Problem 429, with the time to wait, when there were too many.
 */
export async function takeAttempt(context: LimitContext, limit: Limit, subject: string): Promise<void> {
  const { left, seconds } = await spendAttempt(context, limit, subject)
  if (left < 0) throw tooMany(seconds)
}

/** Counts one attempt, and answers how many are left and in how many seconds they begin anew; below 0 it was one too many. */
export async function spendAttempt(
  context: LimitContext,
  limit: Limit,
  subject: string,
): Promise<{ left: number; seconds: number }> {
  const { most, seconds } = limit
  if (!context.config.rateLimits) return { left: most, seconds }
  const { count, left } = await context.attempts.count(attemptKey(context.secret, limit, subject), seconds)
  return { left: most - count, seconds: Math.max(1, Math.ceil(left / 1_000)) }
}

/** The same for what is only read: where the database takes nothing for now, nothing is counted, and everybody may read. */
export async function spendReading(
  context: LimitContext,
  limit: Limit,
  subject: string,
): Promise<{ left: number; seconds: number }> {
  try {
    return await spendAttempt(context, limit, subject)
  } catch (error) {
    // Where it is away, only a replica still answers: no more than it can, as searches take turns.
    const reason = notNow(error)?.reason ?? 'busy'
    if (reason === 'busy') throw error
    return { left: limit.most, seconds: limit.seconds }
  }
}

/** Counts one attempt like `takeAttempt`, and answers by how many there are too many; 0 where there are not. */
export async function attemptsBeyond(context: LimitContext, limit: Limit, subject: string): Promise<number> {
  if (!context.config.rateLimits) return 0
  const { count } = await context.attempts.count(attemptKey(context.secret, limit, subject), limit.seconds)
  return Math.max(0, count - limit.most)
}

/**
 * Whether this is the first time that something is done with `subject`, in all processes together and within so many
 * seconds. Of two at once, one is the first. No limit on people: it counts where limits are off too, and in the database
 * always, which alone never forgets: what was done would be done twice.
 */
export async function isFirstTime(
  { database, secret }: { database: Database; secret: string },
  action: Omit<Limit, 'most'>,
  subject: string,
): Promise<boolean> {
  const key = attemptKey(secret, action, subject)
  return (await attemptsIn(database).count(key, action.seconds)).count === 1
}

/** Takes one counted attempt back: it was none. */
export async function giveBackAttempt(
  { config, attempts, secret }: LimitContext,
  limit: Limit,
  subject: string,
): Promise<void> {
  if (!config.rateLimits) return
  await attempts.uncount(attemptKey(secret, limit, subject))
}

/** Forgets the attempts of somebody who has succeeded. */
export async function forgetAttempts(
  { config, attempts, secret }: LimitContext,
  limit: Limit,
  subject: string,
): Promise<void> {
  if (!config.rateLimits) return
  await attempts.forget(attemptKey(secret, limit, subject))
}

function attemptKey(secret: string, limit: Pick<Limit, 'action'>, subject: string): Buffer {
  return keyedHash(secret, `${limit.action}\n${subject}`).subarray(0, 16)
}

const DAY_MILLISECONDS = 86_400_000

let key = { day: -1, bytes: randomBytes(32) }

/** Lives in this process alone, is written nowhere, and is another one each day. */
function keyOfToday(): Buffer {
  const day = Math.floor(Date.now() / DAY_MILLISECONDS)
  if (key.day !== day) key = { day, bytes: randomBytes(32) }
  return key.bytes
}

const digestOf = (network: string): string => keyedHash(keyOfToday(), network).toString('hex')

/**
 * A passing name for the place a request comes from. Nobody who has the database can turn it back into an address, nor
 * tell who came again the next day. The price: of several processes, each counts for itself, and a restart forgets.
 */
export const networkDigest = (request: { ip: string }): string => digestOf(networkOf(request.ip))

/** The same, and after it that of the wider network (`widerNetworkOf`), where there is one. */
export function networkDigests({ ip }: { ip: string }): string[] {
  const wider = widerNetworkOf(ip)
  return [networkOf(ip), ...(wider === null ? [] : [wider])].map(digestOf)
}
