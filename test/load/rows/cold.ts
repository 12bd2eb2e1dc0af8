import type { Statement } from '../../support/statements.ts'
import { compare } from '../compare.ts'
import { startForum } from '../forum-under-load.ts'
import { type MeasuredPage, unkept } from '../page.ts'
import { busiestBoard, busiestCrossing, fullPages, homePage } from '../pages.ts'
import { openRecorder } from '../recorder.ts'
import type { Bench, Result, Row } from '../row.ts'

const LEAST = 0.5
const UNIQUE = 'page'
/** More pages of rows than a process keeps … */
const PAGES = 500
/** … and, for readers of these kinds, several times as many pages of HTML. */
const READERS = ['fr', 'en'].flatMap((language) =>
  ['theme=light', 'theme=dark', 'theme='].map((cookie) => ({ 'accept-language': language, cookie })),
)

/**
 * Pages that nobody has asked for before, of a warm database: of threads, one after the other; of what there is only one,
 * by a parameter that changes nothing, which makes every address another.
 */
export const cold: Row = {
  name: 'cold',
  async measure(bench: Bench): Promise<Result[]> {
    const data = await bench.data()
    await using recorder = await openRecorder(data)
    await using forum = await startForum(bench, data, { profile: 'cold', settings: { RATE_LIMITS: 'off' } })
    const threads = await fullPages(data, PAGES)
    const asked: Statement[][] = []
    for (const page of threads) asked.push(await recorder.queriesOf(page))
    const compared = { least: LEAST, of: 'the same queries' } as const
    const readers = READERS.map((_, reader) => threads.map((page, index) => readBy(page, reader + index)))
    const queries = READERS.flatMap(() => asked)
    const results = [await compare(bench, forum, { ...compared, what: 'cold thread', pages: readers.flat(), queries })]
    for (const [what, page] of [
      ['cold board', await busiestBoard(data)],
      ['cold crossing', await busiestCrossing(data)],
      ['cold home', homePage()],
    ] as const) {
      const queries = [await recorder.queriesOf(unkept(page, UNIQUE))]
      results.push(await compare(bench, forum, { ...compared, what, pages: [page], queries, unique: UNIQUE }))
    }
    return results
  },
}

const readBy = (page: MeasuredPage, reader: number): MeasuredPage => ({
  ...page,
  headers: { ...page.headers, ...READERS[reader % READERS.length] },
})
