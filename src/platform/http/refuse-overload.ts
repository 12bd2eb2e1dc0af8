import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { FastifyInstance } from 'fastify'
import { Problem } from '../problem.ts'

/** Who asks while answers take longer than this is told to come back, so that those who are waiting already are answered. */
const LONGEST_DELAY_MILLISECONDS = 2_000
/**
 * By so much a sample is longer. A sample with fewer than two turns of the event loop counts as an infinite delay: with
 * shorter ones, a forum that a busy machine takes a second or two to start would refuse everybody whom it has just told that
 * it listens.
 */
const DELAYS_IN_A_SAMPLE = 2.5
const SECONDS_BETWEEN_TRIES = 10
const RESOLUTION_MILLISECONDS = 10

/**
 * Refuses requests, with Problem 503, while this process is late with everything: pages at once, forms only when they have
 * been read, so that what somebody wrote can be given back.
 * @param longestDelay in milliseconds, on the average of a sample.
 * @returns how late it was in the last sample, in milliseconds.
 */
export function refuseOverload(app: FastifyInstance, longestDelay = LONGEST_DELAY_MILLISECONDS): () => number {
  const turns = monitorEventLoopDelay({ resolution: RESOLUTION_MILLISECONDS })
  let delay = 0

  function takeSample(): void {
    // The mean of no turn at all is no number: then nothing else had its turn either.
    delay = Number.isNaN(turns.mean) ? Number.POSITIVE_INFINITY : turns.mean / 1e6 - RESOLUTION_MILLISECONDS
    turns.reset()
  }

  turns.enable()
  const sampling = setInterval(takeSample, DELAYS_IN_A_SAMPLE * longestDelay).unref()
  app.addHook('onClose', async () => {
    clearInterval(sampling)
    turns.disable()
  })

  function refuseWhenLate(): void {
    if (delay > longestDelay) throw new Problem(503, 'errors.busy', { retryAfter: SECONDS_BETWEEN_TRIES })
  }

  app.addHook('onRequest', async ({ method }) => {
    if (method !== 'POST') refuseWhenLate()
  })
  app.addHook('preValidation', async ({ method }) => {
    if (method === 'POST') refuseWhenLate()
  })
  return () => delay
}
