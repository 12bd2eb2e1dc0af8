import { request } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import { shareBelow } from './percentile.ts'

/** Somebody who reads one page after the other. */
export interface Reader {
  origin: string
  cookie: string
  paths: readonly string[]
}

/** People do not read faster. */
const PAUSE_MILLISECONDS = 10
/** Who waits longer has gone. */
const LONGEST_MILLISECONDS = 30_000

/**
 * Reads until it is over. Answers what 95 % of the pages did not exceed, in milliseconds.
 * @throws Error for an answer that is no page.
 */
export async function readUntil({ origin, cookie, paths }: Reader, isOver: () => boolean): Promise<number> {
  const times: number[] = []
  while (!isOver() || times.length === 0) {
    const path = paths[times.length % paths.length] ?? '/'
    const began = performance.now()
    const status = await statusOf(origin + path, cookie)
    times.push(performance.now() - began)
    if (status !== 200) throw new Error(`${path} was answered ${status} after ${times.length} pages`)
    await setTimeout(PAUSE_MILLISECONDS)
  }
  return shareBelow(Float64Array.from(times).sort(), 0.95)
}

/** On a connection of its own, so that none that the server has ended meanwhile is taken. */
function statusOf(address: string, cookie: string): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const sent = request(address, { agent: false, headers: { cookie, accept: 'text/html' } }, (answer) => {
    answer
      .resume()
      .on('end', () => resolve(answer.statusCode ?? 0))
      .on('error', reject)
  })
  sent.setTimeout(LONGEST_MILLISECONDS, () => sent.destroy(new Error('no answer')))
  sent.on('error', reject).end()
  return promise
}
