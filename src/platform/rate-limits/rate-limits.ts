import { createHmac, randomBytes } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import type { Forum } from '../../forum/forum.ts'
import { attempts } from '../../schema/rate-limits.ts'
import { prepared } from '../database/prepared.ts'
import { networkOf } from '../http/network-of.ts'
import { tooMany } from '../problem.ts'

export interface Limit {
  /** What is limited. */
  action: string
  /** How often it may be done … */
  most: number
  /** … within so many seconds of the first time. */
  seconds: number
}

/** Counts one attempt, at `key` for `seconds`; and answers how many there were, and until when. */
const countAttempt = prepared((database) =>
  database
    .insert(attempts)
    .values({
      key: sql.placeholder('key'),
      count: 1,
      endsAt: sql`now() + make_interval(secs => ${sql.placeholder('seconds')})`,
    })
    .onConflictDoUpdate({
      target: attempts.key,
      set: {
        count: sql`case when ${attempts.endsAt} < now() then 1 else ${attempts.count} + 1 end`,
        endsAt: sql`case when ${attempts.endsAt} < now() then excluded.ends_at else ${attempts.endsAt} end`,
      },
    })
    .returning({ count: attempts.count, endsAt: attempts.endsAt })
    .prepare('count_attempt'),
)

/**
 * Counts one attempt at an action: by members and mail addresses in every process together, by where somebody comes from
 * (`addressOf`) in each process for itself.
 * @param subject who or what attempts it; stored only as a keyed hash.
 * @throws Problem 429, with the time to wait, when there were too many.
 */
export async function takeAttempt(forum: Forum, limit: Limit, subject: string): Promise<void> {
  if (!forum.config.rateLimits) return
  const [taken] = await countAttempt(forum.database).execute(attemptValues(forum, limit, subject))
  if (taken) refuseTooMany(limit, taken)
}

/** Counts one attempt like `takeAttempt`, and answers by how many there are too many; 0 where there are not. */
export async function attemptsBeyond(forum: Forum, limit: Limit, subject: string): Promise<number> {
  if (!forum.config.rateLimits) return 0
  const [taken] = await countAttempt(forum.database).execute(attemptValues(forum, limit, subject))
  return Math.max(0, (taken?.count ?? 0) - limit.most)
}

/** Takes one counted attempt back: it was none. */
export async function giveBackAttempt(
  { config, database, secret }: Forum,
  limit: Limit,
  subject: string,
): Promise<void> {
  if (!config.rateLimits) return
  await database
    .update(attempts)
    .set({ count: sql`greatest(0, ${attempts.count} - 1)` })
    .where(eq(attempts.key, attemptKey(secret, limit, subject)))
}

function attemptValues({ secret }: Forum, limit: Limit, subject: string): { key: Buffer; seconds: number } {
  return { key: attemptKey(secret, limit, subject), seconds: limit.seconds }
}

/** @throws Problem 429, with the time to wait, when there were too many. */
function refuseTooMany({ most }: Limit, taken: { count: number; endsAt: Date }): void {
  if (taken.count > most) throw tooMany(Math.max(1, Math.ceil((taken.endsAt.getTime() - Date.now()) / 1000)))
}

/** Forgets the attempts of somebody who has succeeded. */
export async function forgetAttempts(
  { config, database, secret }: Forum,
  limit: Limit,
  subject: string,
): Promise<void> {
  if (!config.rateLimits) return
  await database.delete(attempts).where(eq(attempts.key, attemptKey(secret, limit, subject)))
}

function attemptKey(secret: string, limit: Limit, subject: string): Buffer {
  return createHmac('sha256', secret).update(`${limit.action}\n${subject}`).digest().subarray(0, 16)
}

const addressSalt = randomBytes(32)

/**
 * A passing name for the place a request comes from. Its salt lives and dies with this process and is written
 * nowhere, so that what the database holds for some minutes cannot be turned back into an address. The price: of several
 * processes, each counts for itself, and a restart forgets.
 */
export function addressOf(request: { ip: string }): string {
  return createHmac('sha256', addressSalt).update(networkOf(request.ip)).digest('hex')
}
