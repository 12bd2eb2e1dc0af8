import type { FastifyBaseLogger } from 'fastify'
import { inTime } from '../in-time.ts'
import { redisClient } from '../live/redis-client.ts'
import type { Attempts } from './attempts.ts'

/** A request waits no longer for a server that hangs … */
const LONGEST_ANSWER_MILLISECONDS = 1_000
/** What goes wrong again and again is logged so often. */
const LOG_AGAIN_MILLISECONDS = 60_000
/** … whose connection is broken after so long, and made anew. */
const SILENCE_MILLISECONDS = 5_000

/** Both run as a whole (Redis' manual, EVAL): no count is left without an end, nor one below zero. */
const COUNT = `
  local count = redis.call('incr', KEYS[1])
  local left = redis.call('pttl', KEYS[1])
  if left < 0 then
    left = tonumber(ARGV[1])
    redis.call('pexpire', KEYS[1], left)
  end
  return {count, left}`
const UNCOUNT = `
  if tonumber(redis.call('get', KEYS[1]) or '0') > 0 then redis.call('decr', KEYS[1]) end
  return 0`

/**
 * Counts in Valkey or Redis, and in the database while that does not answer: nobody is let through uncounted, and nobody
 * is refused for it. Whoever attempts something meanwhile begins anew, so has it twice as often at the most.
 * @param patience how long a request waits for an answer, in milliseconds.
 */
export async function openRedisAttempts(
  url: string,
  inDatabase: Attempts,
  log: FastifyBaseLogger,
  patience = LONGEST_ANSWER_MILLISECONDS,
): Promise<Attempts & { close(): void }> {
  const client = await redisClient(url, SILENCE_MILLISECONDS, log)
  // If it does not come now, it comes by itself when it can: until then the database counts.
  await client.connect().catch(() => {})
  const keyOf = (key: Buffer) => `contrechamp:attempts:${key.toString('base64url')}`

  /** Questions that are not answered in time: until they are, nobody else waits for the server. */
  let overdue = 0
  let logged = { why: '', at: 0 }

  async function orInDatabase<Result>(ask: () => Promise<Result>, askDatabase: () => Promise<Result>): Promise<Result> {
    if (client.status !== 'ready' || overdue > 0) return askDatabase()
    let isOver = false
    const asked = ask().finally(() => {
      isOver = true
    })
    try {
      return await inTime(asked, patience)
    } catch (error) {
      if (!isOver) {
        overdue += 1
        void asked
          .catch(() => {})
          .finally(() => {
            overdue -= 1
          })
      }
      complain(error)
      return askDatabase()
    }
  }

  /** A server that is full, or takes no writes, refuses each time. */
  function complain(error: unknown): void {
    // Its code, such as OOM: what follows differs from command to command.
    const [why = ''] = String(Object(error).message).split(' ')
    const now = performance.now()
    if (why === logged.why && now < logged.at + LOG_AGAIN_MILLISECONDS) return
    logged = { why, at: now }
    log.warn({ err: error }, 'the server of LIVE_BUS does not count: the database does')
  }

  return {
    count: (key, seconds) =>
      orInDatabase(
        async () => countedOf(await client.eval(COUNT, 1, keyOf(key), Math.ceil(1_000 * seconds))),
        () => inDatabase.count(key, seconds),
      ),
    uncount: (key) =>
      orInDatabase(
        async () => void (await client.eval(UNCOUNT, 1, keyOf(key))),
        () => inDatabase.uncount(key),
      ),
    forget: (key) =>
      orInDatabase(
        async () => void (await client.del(keyOf(key))),
        () => inDatabase.forget(key),
      ),
    close: () => client.disconnect(),
  }
}

function countedOf(answer: unknown): { count: number; left: number } {
  const [count, left]: unknown[] = Array.isArray(answer) ? answer : []
  if (typeof count === 'number' && typeof left === 'number') return { count, left }
  throw new Error('The server of LIVE_BUS counts otherwise than it was told to')
}
