import { sql } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'
import { conditions, narrowed } from './conditions.ts'
import { type FittingPost, newestFitting } from './newest-fitting.ts'
import { type FoundPost, lookedFor, MOST_OF_A_THREAD, type PageOfPosts, type WantedPage } from './page-of-posts.ts'
import { BEGINNING, type SearchCursor } from './search-cursor.ts'

/** Posts that are read for one page. Of each thread, only the first few are shown. */
const READ_FOR_PAGE = 200

/** A page of the matching posts, newest first. */
export async function newestPosts(
  transaction: Transaction,
  wanted: WantedPage,
  cursor: SearchCursor,
): Promise<PageOfPosts> {
  const isFirst = cursor.position === BEGINNING.position
  const from = sql`timestamptz 'epoch' + ${cursor.position}::bigint * interval '1 microsecond'`
  const behind = sql`(search_rows.posted_at, search_rows.id) < (${from}, ${cursor.id})`
  const all = conditions(wanted, sql`to_timestamp(${cursor.at}::float8)`)
  const { posts, more, expected } = await newestFitting(transaction, isFirst ? all : narrowed(all, behind), {
    most: READ_FOR_PAGE,
    ...lookedFor(wanted, Math.min(cursor.at, cursor.position / 1_000_000)),
  })
  const last = posts.at(-1)
  return {
    posts: firstOfEachThread(posts, wanted.isWhole ? READ_FOR_PAGE : MOST_OF_A_THREAD).slice(0, wanted.most + 1),
    count: more ? Math.max(posts.length, expected) : posts.length,
    about: more || !isFirst,
    // All posts that were read may belong to one long thread. Other threads follow after them.
    end: more && last ? { position: last.position, id: last.id } : null,
  }
}

/** The first few posts of each thread, in order. */
function firstOfEachThread(posts: readonly FittingPost[], most: number): FoundPost[] {
  const ofThread = Map.groupBy(posts, ({ thread }) => thread)
  return posts.flatMap((post) => {
    const { id, position, thread } = post
    const together = ofThread.get(thread) ?? []
    const place = together.indexOf(post) + 1
    return place > most ? [] : { id, position, place, ofThread: together.length }
  })
}
