import { againstLimit, CONNECTIONS, wholeLoad } from '../against-limit.ts'
import type { DemoData } from '../demo-data.ts'
import { startForum } from '../forum-under-load.ts'
import { startLimit } from '../limit.ts'
import { median } from '../median.ts'
import type { MeasuredPage } from '../page.ts'
import { busiestBoard, busiestCrossing, homePage, ordinaryThreads } from '../pages.ts'
import type { Bench, Result, Row } from '../row.ts'

/** More than a process keeps: when the first comes again, it is as new as the others. */
const THREADS = 2_000
/** As long as a thread's page is over the wire. */
const BYTES = 6_000

/**
 * Pages that nobody has asked for before: of threads, one after the other; of what there is only one, by a parameter
 * that changes nothing, which makes every address another.
 */
export const cold: Row = {
  name: 'cold',
  async measure(bench: Bench): Promise<Result[]> {
    const data = await bench.data()
    await using forum = await startForum(bench, data, { profile: 'cold' })
    const threads = await ordinaryThreads(data, THREADS)
    const results: Result[] = [
      await againstLimit(bench, forum, { what: 'cold thread', target: 0.15, pages: threads }),
      await queriesAlone(bench, data, threads),
    ]
    for (const [what, pages] of [
      ['cold board', [await busiestBoard(data)]],
      ['cold crossing', [await busiestCrossing(data)]],
      ['cold home', [homePage()]],
    ] as const) {
      results.push(await againstLimit(bench, forum, { what, target: 0.15, pages, unique: 'page' }))
    }
    return results
  },
}

/** What any forum could reach that asks the database for a thread's page: the same queries, and a constant string. */
async function queriesAlone(bench: Bench, data: DemoData, threads: readonly MeasuredPage[]): Promise<Result> {
  await using limit = await startLimit(BYTES)
  await using asking = await startLimit(BYTES, data.url)
  const load = { requests: threads, seconds: bench.seconds, connections: CONNECTIONS }
  const rounds: { asking: number; limit: number }[] = []
  await bench.generator.load({ ...load, origin: asking.origin, seconds: 2 })
  for (let round = 0; round < bench.rounds; round += 1) {
    const limited = await wholeLoad(bench.generator, { ...load, origin: limit.origin })
    const asked = await wholeLoad(bench.generator, { ...load, origin: asking.origin })
    rounds.push({ limit: limited.requestsPerSecond, asking: asked.requestsPerSecond })
  }
  const middle = (of: 'asking' | 'limit') => Math.round(median(rounds.map((round) => round[of])))
  return {
    what: 'a constant string after the queries of a thread’s page',
    target: 'to compare with',
    figure: `${middle('asking')}/s of ${middle('limit')}/s`,
    ratio: median(rounds.map(({ asking: asked, limit: limited }) => asked / limited)),
    passed: true,
    details: { rounds },
  }
}
