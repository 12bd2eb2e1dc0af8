import underPressure from '@fastify/under-pressure'
import type { FastifyInstance } from 'fastify'
import { Problem } from './errors.ts'

/** Who asks while answers take longer than this is told to come back, so that those who are waiting already are answered. */
const LONGEST_DELAY_MILLISECONDS = 2_000
const SECONDS_BETWEEN_TRIES = 10

/**
 * Refuses requests, with Problem 503, while this process is late with everything.
 * @param longestDelay on the average of `sampled` milliseconds, how late it may be.
 */
export async function refuseOverload(
  app: FastifyInstance,
  longestDelay = LONGEST_DELAY_MILLISECONDS,
  sampled = 1_000,
): Promise<void> {
  await app.register(underPressure, {
    maxEventLoopDelay: longestDelay,
    sampleInterval: sampled,
    async pressureHandler(_request, _reply, _type, delay) {
      // What was not measured yet counts as infinite there: a busy machine needs longer than a sample takes to start the
      // forum, which would then refuse everybody whom it has told that it listens.
      if (delay !== Number.POSITIVE_INFINITY) {
        throw new Problem(503, 'errors.busy', { retryAfter: SECONDS_BETWEEN_TRIES })
      }
    },
  })
}
