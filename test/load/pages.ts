import { boardPath, crossingPath, threadPath } from '../../src/paths.ts'
import type { DemoData } from './demo-data.ts'
import type { MeasuredPage } from './page.ts'

/** What a browser of today says with every request. */
export const BROWSER = {
  accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
  'accept-encoding': 'gzip, deflate, br, zstd',
  'accept-language': 'fr,fr-FR;q=0.8,en-US;q=0.5,en;q=0.3',
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0',
}

const THREADS_LISTED = 30
const THREADS_ON_HOME = 18
const POSTS_SHOWN = 20

const listed = (path: string, says: string, times: number): MeasuredPage => ({
  path,
  headers: BROWSER,
  says,
  holds: { markup: '<li class="thread">', times },
})

export const homePage = (): MeasuredPage => listed('/', 'Contrechamp', THREADS_ON_HOME)

/** The board where most threads stand. */
export async function busiestBoard(data: DemoData): Promise<MeasuredPage> {
  const [board] = await data.query<{ slug: string; kind: 'city' | 'technology'; name: string }>(
    `select slug, kind, name->>'fr' as name from boards order by thread_count desc limit 1`,
  )
  if (!board) throw new Error('There are no boards')
  return listed(boardPath(board), board.name, THREADS_LISTED)
}

/** The crossing where most threads stand. */
export async function busiestCrossing(data: DemoData): Promise<MeasuredPage> {
  const [crossing] = await data.query<{ city: string; technology: string; count: number; name: string }>(
    `select city.slug as city, technology.slug as technology, crossings.thread_count as count, city.name->>'fr' as name
     from crossings join boards as city on city.id = city_id join boards as technology on technology.id = technology_id
     order by crossings.thread_count desc limit 1`,
  )
  if (!crossing) throw new Error('There are no crossings')
  const path = crossingPath({ slug: crossing.city }, { slug: crossing.technology })
  return listed(path, crossing.name, Math.min(THREADS_LISTED, crossing.count))
}

interface FoundThread {
  id: number
  slug: string
  lastNumber: number
}

/** A full page of a thread. */
export interface ThreadPage extends MeasuredPage {
  thread: number
}

/** So many threads with a full first page, beginning with those whose page is neither short nor long. */
export async function ordinaryThreads(data: DemoData, count: number): Promise<ThreadPage[]> {
  const found = await data.query<FoundThread & { length: number }>(
    `select threads.id, slug, last_number as "lastNumber", sum(length(body_html))::int as length
     from threads join posts on thread_id = threads.id and number <= $1
     where last_number between $1 and 50 * $1 group by threads.id order by threads.id limit 10000`,
    [POSTS_SHOWN],
  )
  const median = found.map(({ length }) => length).sort((one, other) => one - other)[found.length >> 1] ?? 0
  const distance = ({ length }: { length: number }) => Math.abs(length - median)
  return found
    .sort((one, other) => distance(one) - distance(other))
    .slice(0, count)
    .map((thread) => threadPageOf(thread, 1))
}

/** So many full pages of threads: first pages, and later ones where there are too few threads. */
export async function fullPages(data: DemoData, count: number): Promise<ThreadPage[]> {
  const found = await data.query<FoundThread & { page: number }>(
    `select id, slug, last_number as "lastNumber", page
     from threads cross join lateral generate_series(1, last_number / $1) as page
     where last_number >= $1 order by page, id limit $2`,
    [POSTS_SHOWN, count],
  )
  if (found.length < count) throw new Error(`There are ${found.length} full pages, not ${count}`)
  return found.map((thread) => threadPageOf(thread, thread.page))
}

/** The thread with most posts; its first page, and the last that is full. */
export async function largestThread(data: DemoData): Promise<{ posts: number; first: ThreadPage; last: ThreadPage }> {
  const [thread] = await data.query<FoundThread>(
    `select id, slug, last_number as "lastNumber" from threads order by last_number desc limit 1`,
  )
  if (!thread) throw new Error('There are no threads')
  const pages = Math.floor(thread.lastNumber / POSTS_SHOWN)
  return { posts: thread.lastNumber, first: threadPageOf(thread, 1), last: threadPageOf(thread, pages) }
}

const threadPageOf = (thread: FoundThread, page: number): ThreadPage => ({
  thread: thread.id,
  path: threadPath(thread, page),
  headers: BROWSER,
  says: `data-thread="${thread.id}"`,
  holds: { markup: 'id="post-', times: POSTS_SHOWN },
})
