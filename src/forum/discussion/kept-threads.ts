import { POSTS_PER_PAGE, pageOfNumber, threadPath } from '../../paths.ts'
import { Cache } from '../../platform/cache/cache.ts'
import type { Database } from '../../platform/database/database.ts'
import { notFound } from '../../platform/problem.ts'
import type { CacheTag } from '../events.ts'
import type { Forum } from '../forum.ts'
import { movedPlaces } from './moved-posts.ts'
import { lengthOf, type ShownPost, threadPosts } from './shown-posts.ts'
import { type Thread, threadById } from './thread-queries.ts'

/** What a page of a thread shows to everybody. */
export interface PageOfThread {
  thread: Thread
  posts: ShownPost[]
}

/** How many bytes of rows are kept, and about how many a page's take. */
const KEPT = {
  largest: 8 * 1_024 * 1_024,
  sizeOf: ({ posts }: PageOfThread) => posts.reduce((size, post) => size + 2 * lengthOf(post) + 2_000, 16_000),
}

/** Where numbers are missing, posts were moved away: that is said in their place. */
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
  // Between the two questions, one may have been moved.
  const standing = new Set(posts.map(({ number }) => number))
  const missing = places.filter(({ number }) => !standing.has(number))
  return [...posts, ...missing].sort((one, other) => one.number - other.number)
}

/**
 * Answers pages of threads, and keeps them in this process until an event outdates them: members each have a page of
 * their own made of them.
 */
export function openThreadPages({ database, bus }: Forum): (id: number, page: number) => Promise<PageOfThread> {
  const kept = new Cache<PageOfThread, CacheTag>(bus, KEPT)
  return (id, page) =>
    kept.getOrCompute(`${id} ${page}`, [`thread:${id}`], async () => {
      const [thread, posts] = await Promise.all([threadById(database, id), threadPosts(database, id, page)])
      if (!thread) throw notFound('threads.not_found')
      if (page > pageOfNumber(thread.lastNumber)) {
        // Its title is out of sight with it.
        if (thread.removedAt) throw notFound('threads.not_found')
        throw notFound('threads.no_such_page', { path: threadPath(thread), title: thread.title })
      }
      return { thread, posts: await withMovedPlaces(database, thread, posts, page) }
    })
}
