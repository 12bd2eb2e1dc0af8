import { pageOfNumber } from '../../paths.ts'
import type { Forum } from '../../platform/forum.ts'
import { notFound } from '../../platform/http/errors.ts'
import { Cache } from '../../platform/live/cache.ts'
import { type ShownPost, threadPosts } from '../posts/queries.ts'
import { type Thread, threadById } from './queries.ts'

/** What a page of a thread shows to everybody. */
export interface PageOfThread {
  thread: Thread
  posts: ShownPost[]
  /** Posts as members see them, made when first asked for: see `articles`. */
  articles: Map<string, string>
}

/** A page takes about so much: its rows, and its posts in a language or two, one by one and all together. */
const KEPT = {
  largest: 16 * 1_024 * 1_024,
  sizeOf: ({ posts }: PageOfThread) => posts.reduce((size, { bodyHtml }) => size + 5 * bodyHtml.length + 5_000, 1_000),
}

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
      return { thread, posts, articles: new Map() }
    })
}
