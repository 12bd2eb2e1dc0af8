import { wholeLoad } from '../compare.ts'
import { startForum } from '../forum-under-load.ts'
import { median } from '../median.ts'
import { checkPage, type MeasuredPage, unkept } from '../page.ts'
import { largestThread } from '../pages.ts'
import type { Bench, Result, Row } from '../row.ts'

const CONNECTIONS = 8
const UNIQUE = 'sort'
const MOST_APART = 0.1

/** The first page of the thread with most posts and its last, in turns; each answer is made anew. */
export const firstAndLast: Row = {
  name: 'first-and-last',
  async measure(bench: Bench): Promise<Result[]> {
    const data = await bench.data()
    const { posts, first, last } = await largestThread(data)
    await using forum = await startForum(bench, data, { profile: 'first-and-last', settings: { RATE_LIMITS: 'off' } })
    const { origin } = forum

    /** Pages of the same length cost the same; these two have other words. */
    async function microsecondsPerCharacter(page: MeasuredPage): Promise<number> {
      const { text, bytes } = await checkPage(origin, unkept(page, UNIQUE))
      const load = { origin, requests: [page], unique: UNIQUE, seconds: bench.seconds, connections: CONNECTIONS }
      const { requestsPerSecond } = await wholeLoad(bench.generator, load, bytes)
      return 1e6 / (requestsPerSecond * text.length)
    }
    await microsecondsPerCharacter(first)
    await microsecondsPerCharacter(last)
    const rounds: { first: number; last: number }[] = []
    for (let round = 0; round < bench.rounds; round += 1) {
      rounds.push({ first: await microsecondsPerCharacter(first), last: await microsecondsPerCharacter(last) })
    }

    const ratio = median(rounds.map((round) => round.last / round.first))
    const middle = (of: 'first' | 'last') => median(rounds.map((round) => round[of])).toFixed(3)
    return [
      {
        what: `last page of a thread of ${posts} posts, by its first`,
        target: `within ${100 * MOST_APART} %`,
        figure: `${middle('first')} and ${middle('last')} µs a character`,
        ratio,
        passed: Math.abs(ratio - 1) <= MOST_APART,
        details: { rounds },
      },
    ]
  },
}
