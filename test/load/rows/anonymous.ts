import { compare } from '../compare.ts'
import { startForum } from '../forum-under-load.ts'
import { busiestBoard, busiestCrossing, homePage, ordinaryThreads } from '../pages.ts'
import type { Bench, Result, Row } from '../row.ts'

/** Pages as people without an account see them, asked for again and again. */
export const anonymous: Row = {
  name: 'anonymous',
  async measure(bench: Bench): Promise<Result[]> {
    const data = await bench.data()
    await using forum = await startForum(bench, data, { profile: 'anonymous' })
    const results: Result[] = []
    for (const [what, pages] of [
      ['anonymous thread', await ordinaryThreads(data, 1)],
      ['anonymous board', [await busiestBoard(data)]],
      ['anonymous crossing', [await busiestCrossing(data)]],
      ['anonymous home', [homePage()]],
    ] as const) {
      results.push(await compare(bench, forum, { what, pages, least: 0.85, of: 'the limit' }))
    }
    return results
  },
}
