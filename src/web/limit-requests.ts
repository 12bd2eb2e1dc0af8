import type { FastifyRequest } from 'fastify'
import type { Forum } from '../forum/forum.ts'
import type { App } from '../platform/http/app.ts'
import { attemptsBeyond, networkDigests, takeAttempt } from '../platform/rate-limits/rate-limits.ts'
import { Throttle } from '../platform/rate-limits/throttle.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route counts its requests itself, with a limit of its own. */
    countsItself?: boolean
  }
}

const MINUTE = 60
/** For each minute. Above what a person does with ten open windows or a long list of subscriptions. */
const BY_MEMBER = 120
/** For all visitors of one network address together: a library, a mobile network, an onion service. */
const BY_PLACE = 600
/** For the /56 around an IPv6 address. */
const BY_WIDER_PLACE = 4 * BY_PLACE
/**
 * Milliseconds between requests above the limit. They wait instead of failing, because most senders sent nothing before.
 */
const PACE = 20

const throttle = new Throttle()

/**
 * Limits how often each form can be sent. Every route that writes has a limit; forms that change much also have a
 * stricter one of their own.
 */
export function limitRequests(app: App, forum: Forum): void {
  app.addHook('preValidation', async (request) => {
    const { url, config } = request.routeOptions
    if (request.method === 'POST' && url !== undefined && !config.countsItself) await takeTurn(forum, url, request)
  })
}

/**
 * Counts one request of a member, or of a network when nobody is signed in.
 * @throws Problem 429 for a member above the limit, for others after waiting ten seconds.
 */
export async function takeTurn(forum: Forum, action: string, request: FastifyRequest): Promise<void> {
  await waitForTurns(await countTurn(forum, action, request))
}

/**
 * The first half of `takeTurn`: counts, and answers the queues in which the sender has to wait.
 * @throws Problem 429 for a member above the limit.
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

/** The second half: waits in those queues. @throws Problem 429 after ten seconds. */
export async function waitForTurns(crowded: readonly string[]): Promise<void> {
  for (const queue of crowded) await throttle.pass(queue, PACE)
}
