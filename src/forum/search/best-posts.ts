import { sql } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'
import { conditions, estimate, newestFirst } from './conditions.ts'
import { type FoundPost, HITS_PER_PAGE, MOST_OF_A_THREAD, type PageOfPosts, type WantedPage } from './page-of-posts.ts'
import { score } from './ranking.ts'
import type { SearchCursor } from './search-cursor.ts'

/** Only the newest of the posts that fit are scored … */
const NEWEST_POSTS = 500
/** … and the newest of those whose titles fit. */
const NEWEST_TITLES = 150

/** A page of the posts that fit, the best first. */
export async function bestPosts(
  transaction: Transaction,
  wanted: WantedPage,
  cursor: SearchCursor,
): Promise<PageOfPosts> {
  const now = sql`to_timestamp(${cursor.at}::float8)`
  const matching = sql`${wanted.queries.matching}::tsquery`
  const all = conditions(wanted, now)
  const expected = await estimate(transaction, all)
  const perThread = wanted.isWhole ? NEWEST_POSTS : MOST_OF_A_THREAD
  const { rows: posts } = await transaction.execute<FoundPost & { found: number }>(sql`
    with newest as materialized (
      select id from search_rows where kind = 'post' and ${all} order by ${newestFirst(expected)} limit ${NEWEST_POSTS + 1}
    ), titled as materialized (
      select id from search_rows
      where kind = 'post' and title is not null and title @@ ${matching} and ${all}
      order by ${newestFirst(expected)} limit ${NEWEST_TITLES}
    ), scored as (
      select search_rows.id, search_rows.thread_id,
             (1000000 * ${score({
               words: sql`search_rows.words`,
               title: sql`search_rows.title`,
               matching,
               postedAt: sql`search_rows.posted_at`,
               answered: sql`threads.reply_count > 0`,
               now,
             })})::bigint as position
      from (select id from newest union select id from titled) as chosen
      join search_rows on search_rows.kind = 'post' and search_rows.id = chosen.id
      join threads on threads.id = search_rows.thread_id
    ), placed as (
      select id, position,
             row_number() over (partition by thread_id order by position desc, id desc)::int as place,
             (count(*) over (partition by thread_id))::int as "ofThread"
      from scored
    )
    select *, (select count(*) from newest)::int as found from placed
    where place <= ${perThread} and (position, id) < (${cursor.position}, ${cursor.id})
    order by position desc, id desc limit ${HITS_PER_PAGE + 1}`)
  const found = posts[0]?.found ?? 0
  if (found <= NEWEST_POSTS) return { posts, count: found, about: false, end: null }
  return { posts, count: Math.max(found, expected), about: true, end: null }
}
