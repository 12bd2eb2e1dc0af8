import { wholeLoad } from '../against-limit.ts'
import { startForum } from '../forum-under-load.ts'
import { median } from '../median.ts'
import { checkPage, type MeasuredPage } from '../page.ts'
import { largestThread } from '../pages.ts'
import type { Bench, Result, Row } from '../row.ts'

const CONNECTIONS = 8
const MOST_APART = 0.1

/** The first page of the thread with most posts and its last, in turns; both are asked of the database every time. */
export const firstAndLast: Row = {
  name: 'first-and-last',
  async measure(bench: Bench): Promise<Result[]> {
    const data = await bench.data()
    const { first, last } = await largestThread(data)
    await using forum = await startForum(bench, data, { profile: 'first-and-last' })
    const { origin } = forum

    async function perByte(page: MeasuredPage): Promise<number> {
      const { text, bytes } = await checkPage(origin, page)
      const load = { origin, requests: [page], unique: 'sort', seconds: bench.seconds, connections: CONNECTIONS }
      const { requestsPerSecond } = await wholeLoad(bench.generator, load, bytes)
      return 1e6 / (requestsPerSecond * text.length)
    }
    await perByte(first)
    await perByte(last)
    const rounds: { first: number; last: number }[] = []
    for (let round = 0; round < bench.rounds; round += 1) {
      rounds.push({ first: await perByte(first), last: await perByte(last) })
    }

    const ratio = median(rounds.map((round) => round.last / round.first))
    return [
      {
        what: `last page of a thread of ${data.posts / 20} posts, by its first`,
        target: `the same cost within ${100 * MOST_APART} %`,
        figure: `${median(rounds.map((round) => round.first)).toFixed(3)} and ${median(rounds.map((round) => round.last)).toFixed(3)} µs a character`,
        ratio,
        passed: Math.abs(ratio - 1) <= MOST_APART,
        details: { rounds },
      },
    ]
  },
}
