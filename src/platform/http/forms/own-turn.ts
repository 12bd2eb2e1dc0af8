import { setImmediate, setTimeout } from 'node:timers/promises'
import type { FastifyRequest } from 'fastify'
import { FairQueue } from '../../rate-limits/fair-queue.ts'
import { networkOf } from '../network-of.ts'

/** Of long forms that have come in and are not yet looked at. Beyond, one of those who have sent most is refused. */
const MOST_WAITING = 100
const SHORTEST_REST_MILLISECONDS = 20

/**
 * Lets one long form after the other be taken apart, cleaned and shown again, which is work for the one thread that
 * answers everybody: after each, others go on for as long as it took. Members and places take turns.
 * @throws Problem 503 when too many wait.
 */
export function ownTurn(): (request: FastifyRequest) => Promise<void> {
  const queue = new FairQueue({ atOnce: 1, waiting: MOST_WAITING })
  return (request) => {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const group = request.member ? `member ${request.member.id}` : networkOf(request.ip)
    const work = async () => {
      const begun = performance.now()
      resolve()
      // By then, whoever has waited has done what does not wait for anything else.
      await setImmediate()
      await setTimeout(Math.max(SHORTEST_REST_MILLISECONDS, performance.now() - begun))
    }
    queue.run(group, work).catch(reject)
    return promise
  }
}
