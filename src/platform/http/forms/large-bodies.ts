import { Problem } from '../../problem.ts'
import type { App } from '../app.ts'
import { networkOf } from '../network-of.ts'
import { SMALL_FORM } from './receive-bodies.ts'

/** Bytes of large bodies that are received at the same time, a hundred of the longest posts … */
const MOST_BYTES = 128 * 1_024 * 1_024
/** … and those that come from one place. */
const MOST_BYTES_OF_A_NETWORK = MOST_BYTES / 4
const SECONDS_BETWEEN_TRIES = 10

/**
 * Receives only so many large bodies at once, by what they say of their length: they lie in memory until they are
 * answered, and anybody may send them slowly. Small forms are always received.
 */
export function limitLargeBodies(app: App): void {
  let all = 0
  const ofNetwork = new Map<string, number>()

  function add(network: string, bytes: number): void {
    all += bytes
    const sum = (ofNetwork.get(network) ?? 0) + bytes
    if (sum > 0) ofNetwork.set(network, sum)
    else ofNetwork.delete(network)
  }

  app.addHook('preParsing', async (request, reply, payload) => {
    const { bodyLimit } = request.routeOptions
    const { 'content-length': length, 'transfer-encoding': coding } = request.headers
    // What is longer than its route takes is refused unread; what does not say how long it is may become as long.
    const bytes = coding === undefined ? Number(length ?? 0) : bodyLimit
    if (!(bytes > SMALL_FORM) || bytes > bodyLimit) return payload
    const network = networkOf(request.ip)
    if (all + bytes > MOST_BYTES || (ofNetwork.get(network) ?? 0) + bytes > MOST_BYTES_OF_A_NETWORK) {
      throw new Problem(503, 'errors.busy', { retryAfter: SECONDS_BETWEEN_TRIES })
    }
    add(network, bytes)
    reply.raw.once('close', () => add(network, -bytes))
    return payload
  })
}
