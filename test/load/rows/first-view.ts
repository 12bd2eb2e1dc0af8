import { JSDOM } from 'jsdom'
import { startForum } from '../forum-under-load.ts'
import { checkPage, fetchPage } from '../page.ts'
import { BROWSER, ordinaryThreads } from '../pages.ts'
import type { Bench, Result, Row } from '../row.ts'

const MOST_KILOBYTES = 35
const MOST_REQUESTS = 5
const LOADED = 'link[rel=stylesheet], link[rel=icon], link[rel=preload], link[rel=modulepreload], script[src], img[src]'

/** What a browser that has never been here fetches to show a thread, over the wire, heads of answers included. */
export const firstView: Row = {
  name: 'first-view',
  async measure(bench: Bench): Promise<Result[]> {
    const data = await bench.data()
    await using forum = await startForum(bench, data)
    const [thread] = await ordinaryThreads(data, 1)
    if (!thread) throw new Error('There are no threads')
    const page = await checkPage(forum.origin, thread)
    const { document } = new JSDOM(page.text, { url: forum.origin }).window
    const addresses = new Set(
      [...document.querySelectorAll(LOADED)].map(
        (element) => new URL(element.getAttribute('href') ?? element.getAttribute('src') ?? '', forum.origin),
      ),
    )
    const elsewhere = [...addresses].filter(({ origin }) => origin !== forum.origin)
    const parts: Record<string, number> = { [thread.path]: page.bytes }
    for (const { pathname } of addresses) {
      const { status, bytes } = await fetchPage(forum.origin, { path: pathname, headers: BROWSER })
      if (status !== 200) throw new Error(`${pathname}: status ${status}`)
      parts[pathname] = bytes
    }
    const requests = Object.keys(parts).length
    const kilobytes = Object.values(parts).reduce((sum, bytes) => sum + bytes, 0) / 1_024
    return [
      {
        what: 'first view of a thread',
        target: `≤ ${MOST_KILOBYTES} KB, ≤ ${MOST_REQUESTS} requests, none elsewhere`,
        figure: `${kilobytes.toFixed(1)} KB, ${requests} requests, ${elsewhere.length} elsewhere`,
        ratio: null,
        passed: kilobytes <= MOST_KILOBYTES && requests <= MOST_REQUESTS && elsewhere.length === 0,
        details: { parts },
      },
    ]
  },
}
