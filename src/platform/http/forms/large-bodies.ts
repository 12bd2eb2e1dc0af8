import { Problem } from '../../problem.ts'
import type { App } from '../app.ts'
import { networkOf } from '../network-of.ts'
import { SMALL_FORM } from './receive-bodies.ts'

/** Bytes of large bodies that are received at the same time, a hundred of the longest posts … */
const MOST_BYTES = 128 * 1_024 * 1_024
/** … those of people without a session, who can be anybody and come from everywhere … */
const MOST_BYTES_OF_STRANGERS = MOST_BYTES / 2
/** … and those of one member, or of strangers from one place. */
const MOST_BYTES_OF_ONE = MOST_BYTES / 4
const SECONDS_BETWEEN_TRIES = 10

/**
 * Receives only so many large bodies at once, by what they say of their length: they lie in memory until they are
 * answered, and anybody may send them slowly. Small forms are always received.
 */
export function limitLargeBodies(app: App): void {
  const sums = new Map<string, number>()
  const sumOf = (name: string) => sums.get(name) ?? 0

  function add(name: string, bytes: number): void {
    const sum = sumOf(name) + bytes
    if (sum > 0) sums.set(name, sum)
    else sums.delete(name)
  }

  app.addHook('preParsing', async (request, reply, payload) => {
    const { bodyLimit } = request.routeOptions
    const { 'content-length': length, 'transfer-encoding': coding } = request.headers
    // What is longer than its route takes is refused unread; what does not say how long it is may become as long.
    const bytes = coding === undefined ? Number(length ?? 0) : bodyLimit
    if (!(bytes > SMALL_FORM) || bytes > bodyLimit) return payload
    const { member } = request
    const limits = new Map([
      ['all', MOST_BYTES],
      ...(member ? [] : [['strangers', MOST_BYTES_OF_STRANGERS] as const]),
      [member ? `member ${member.id}` : `from ${networkOf(request.ip)}`, MOST_BYTES_OF_ONE],
    ])
    for (const [name, most] of limits) {
      if (sumOf(name) + bytes > most) throw new Problem(503, 'errors.busy', { retryAfter: SECONDS_BETWEEN_TRIES })
    }
    for (const name of limits.keys()) add(name, bytes)
    reply.raw.once('close', () => {
      for (const name of limits.keys()) add(name, -bytes)
    })
    return payload
  })
}
