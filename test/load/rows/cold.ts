import { againstLimit } from '../against-limit.ts'
import { startForum } from '../forum-under-load.ts'
import { busiestBoard, busiestCrossing, homePage, ordinaryThreads } from '../pages.ts'
import type { Bench, Result, Row } from '../row.ts'

const THREADS = 200

/**
 * The same pages, each asked for once: a parameter that changes nothing makes every address one that nobody has asked
 * for before.
 */
export const cold: Row = {
  name: 'cold',
  async measure(bench: Bench): Promise<Result[]> {
    const data = await bench.data()
    await using forum = await startForum(bench, data, { profile: 'cold' })
    const results: Result[] = []
    for (const [what, pages, unique] of [
      ['cold thread', await ordinaryThreads(data, THREADS), 'sort'],
      ['cold board', [await busiestBoard(data)], 'page'],
      ['cold crossing', [await busiestCrossing(data)], 'page'],
      ['cold home', [homePage()], 'page'],
    ] as const) {
      results.push(await againstLimit(bench, forum, { what, target: 0.15, pages, unique }))
    }
    return results
  },
}
