import { POSTS_PER_PAGE, pageOfNumber, threadPath } from '../../paths.ts'
import { Cache } from '../../platform/cache/cache.ts'
import type { Database } from '../../platform/database/database.ts'
import { notFound } from '../../platform/problem.ts'
import type { CacheTag } from '../events.ts'
import type { Forum } from '../forum.ts'
import { movedPlaces } from './moved-posts.ts'
import { lengthOf, type ShownPost, threadPosts } from './shown-posts.ts'
import { type Thread, threadById } from './thread-queries.ts'

/** The part of a thread's page that is the same for everybody. */
export interface PageOfThread {
  thread: Thread
  posts: ShownPost[]
}

/** Bytes of rows that are kept, and about how many a page takes. */
const KEPT = {
  largest: 8 * 1_024 * 1_024,
  sizeOf: ({ posts }: PageOfThread) => posts.reduce((size, post) => size + 2 * lengthOf(post) + 2_000, 16_000),
}

/** Fills gaps in the numbers with the places of moved posts. */
async function withMovedPlaces(
  database: Database,
  { id, lastNumber }: Thread,
  posts: ShownPost[],
  page: number,
): Promise<ShownPost[]> {
  const after = POSTS_PER_PAGE * (page - 1)
  const upTo = Math.min(POSTS_PER_PAGE * page, lastNumber)
  if (posts.length >= upTo - after) return posts
  const places = await movedPlaces(database, id, after, upTo)
  // A post may have been moved between the two queries.
  const standing = new Set(posts.map(({ number }) => number))
  const missing = places.filter(({ number }) => !standing.has(number))
  return [...posts, ...missing].sort((one, other) => one.number - other.number)
}

/**
 * Answers pages of threads, and keeps their rows in this process until an event outdates them. Each member's page is
 * made from the same rows.
 */
export function openThreadPages({ database, bus }: Forum): (id: number, page: number) => Promise<PageOfThread> {
  const kept = new Cache<PageOfThread, CacheTag>(bus, KEPT)
  return (id, page) =>
    kept.getOrCompute(`${id} ${page}`, [`thread:${id}`], async () => {
      const [thread, posts] = await Promise.all([threadById(database, id), threadPosts(database, id, page)])
      if (!thread) throw notFound('threads.not_found')
      if (page > pageOfNumber(thread.lastNumber)) {
        // Before anything else, because the title of a removed thread is hidden too.
        if (thread.removedAt) throw notFound('threads.not_found')
        throw notFound('threads.no_such_page', { path: threadPath(thread), title: thread.title })
      }
      return { thread, posts: await withMovedPlaces(database, thread, posts, page) }
    })
}
