import { pageOfNumber } from '../../paths.ts'
import type { Forum } from '../../platform/forum.ts'
import { notFound } from '../../platform/http/errors.ts'
import { type PrintedPage, printPage } from '../../platform/http/printed-page.ts'
import { Cache } from '../../platform/live/cache.ts'
import { type ShownPost, threadPosts } from '../posts/queries.ts'
import { type Thread, threadById } from './queries.ts'

/** What a page of a thread shows to everybody. */
export interface PageOfThread {
  thread: Thread
  posts: ShownPost[]
  /** The whole page as members see it, by what makes it another one for some of them. */
  printed: Map<string, PrintedPage>
}

const MOST_PRINTED = 4

/** A page takes about so much: its rows, and all of it compressed in the ways it is shown. */
const KEPT = {
  largest: 8 * 1_024 * 1_024,
  sizeOf: ({ posts }: PageOfThread) => posts.reduce((size, post) => size + 2 * lengthOf(post) + 2_000, 16_000),
}

const lengthOf = (post: ShownPost) => (post.deletedAt === null ? (post.bodyHtml ?? '').length : 0)

/**
 * Answers pages of threads, and keeps them in this process until an event outdates them: members each have a page of
 * their own made of them.
 */
export function openThreadPages({ database, bus }: Forum): (id: number, page: number) => Promise<PageOfThread> {
  const kept = new Cache<PageOfThread>(bus, KEPT)
  return (id, page) =>
    kept.remember(`${id} ${page}`, [`thread ${id}`], async () => {
      const [thread, posts] = await Promise.all([threadById(database, id), threadPosts(database, id, page)])
      if (!thread) throw notFound('threads.not_found')
      if (page > pageOfNumber(thread.lastNumber)) throw notFound('threads.no_such_page')
      return { thread, posts, printed: new Map() }
    })
}

/** The page as it is printed for all who see the same there, made when first asked for. */
export function printedOnce({ printed }: PageOfThread, key: string, render: () => string): PrintedPage {
  const known = printed.get(key)
  if (known) return known
  const [oldest] = printed.keys()
  if (printed.size >= MOST_PRINTED && oldest !== undefined) printed.delete(oldest)
  const made = printPage(render())
  printed.set(key, made)
  return made
}
