import type { FastifyRequest } from 'fastify'
import type { Forum } from '../forum/forum.ts'
import type { App } from '../platform/http/app.ts'
import { attemptsBeyond, networkDigests, takeAttempt } from '../platform/rate-limits/rate-limits.ts'
import { Throttle } from '../platform/rate-limits/throttle.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What the route does has a limit of its own, counted where it is done. */
    countsItself?: boolean
  }
}

const MINUTE = 60
/** More often than fingers are: who reads fast with ten windows, or goes through a list of subscriptions. */
const BY_MEMBER = 120
/** Of all who come from one place and are not signed in: a library, a mobile network, an onion service. */
const BY_PLACE = 600
/** Of the /56 that an IPv6 address is in. */
const BY_WIDER_PLACE = 4 * BY_PLACE
/** Beyond, each of them waits for their turn, in milliseconds, and is not refused: most have not sent any before. */
const PACE = 20

const throttle = new Throttle()

/**
 * Limits how often each form can be sent, whatever it does: nothing that writes has no limit. Forms that change much have
 * a stricter one of their own.
 */
export function limitRequests(app: App, forum: Forum): void {
  app.addHook('preValidation', async (request) => {
    const { url, config } = request.routeOptions
    if (request.method === 'POST' && url !== undefined && !config.countsItself) await takeTurn(forum, url, request)
  })
}

/**
 * Counts one request of a member, or of a place where nobody is signed in.
 * @throws Problem 429: for a member beyond their limit, for others when there was no turn within ten seconds.
 */
export async function takeTurn(forum: Forum, action: string, request: FastifyRequest): Promise<void> {
  await waitForTurns(await countTurn(forum, action, request))
}

/**
 * The first half of it: counts, and answers the queues in which who sends it has to wait.
 * @throws Problem 429 for a member beyond their limit.
 */
export async function countTurn(forum: Forum, action: string, request: FastifyRequest): Promise<string[]> {
  if (request.member) {
    const limit = { action: `member ${action}`, most: BY_MEMBER, seconds: MINUTE }
    await takeAttempt(forum, limit, String(request.member.id))
    return []
  }
  const crowded: string[] = []
  for (const [index, place] of networkDigests(request).entries()) {
    const limit = { action: `place ${action}`, most: index === 0 ? BY_PLACE : BY_WIDER_PLACE, seconds: MINUTE }
    if ((await attemptsBeyond(forum, limit, place)) > 0) crowded.push(`${action}\n${place}`)
  }
  return crowded
}

/** The second half: waits in them. @throws Problem 429 when there was no turn within ten seconds. */
export async function waitForTurns(crowded: readonly string[]): Promise<void> {
  for (const queue of crowded) await throttle.pass(queue, PACE)
}
