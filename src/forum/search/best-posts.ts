import { sql } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'
import { conditions, titleConditions } from './conditions.ts'
import { newestFitting } from './newest-fitting.ts'
import { type FoundPost, lookedFor, MOST_OF_A_THREAD, type PageOfPosts, type WantedPage } from './page-of-posts.ts'
import { score } from './ranking.ts'
import type { SearchCursor } from './search-cursor.ts'

/** Only the newest matching posts are scored. */
const NEWEST_POSTS = 300
/** Fewer for phrases, because their ranks differ less: every matching post has the words side by side. */
const NEWEST_TOGETHER = 150
/** Fewer for many words, because each word is looked for in each post. */
const WORDS_OF_ALL = 1_600
const FEWEST_POSTS = 60
/** The newest posts with matching titles are scored too. */
const NEWEST_TITLES = 150

/** A page of the matching posts, best first. */
export async function bestPosts(
  transaction: Transaction,
  wanted: WantedPage,
  cursor: SearchCursor,
): Promise<PageOfPosts> {
  const { place } = wanted.understood
  const now = sql`to_timestamp(${cursor.at}::float8)`
  const { rarest, matching: whole } = wanted.queries
  // For a long text, it is enough how near its rarest words are to each other.
  const matching = sql`${rarest || whole}::tsquery`
  const all = conditions(wanted, now)
  const where = lookedFor(wanted, cursor.at)
  const words = wanted.queries.stems.length
  const few = rarest ? FEWEST_POSTS : Math.ceil(WORDS_OF_ALL / Math.max(1, words))
  const most = Math.max(FEWEST_POSTS, Math.min(where.together ? NEWEST_TOGETHER : NEWEST_POSTS, few))
  const newest = await newestFitting(transaction, all, { ...where, most })
  const titled =
    newest.more && place === null
      ? await newestFitting(transaction, titleConditions(wanted, now), { ...where, most: NEWEST_TITLES, titles: true })
      : { posts: [] }
  const known = newest.posts.map(({ id }) => id)
  // A post with a matching title may contain an excluded word elsewhere.
  const onlyTitled = titled.posts.map(({ id }) => id).filter((id) => !known.includes(id))
  const ids = [...known, ...onlyTitled]
  const perThread = wanted.isWhole ? NEWEST_POSTS + NEWEST_TITLES : MOST_OF_A_THREAD
  const { rows: posts } = await transaction.execute<FoundPost>(sql`
    with scored as (
      select search_rows.id, search_rows.thread_id,
             (1000000 * ${score({
               words: sql`search_rows.words`,
               title: sql`search_rows.title`,
               matching,
               postedAt: sql`search_rows.posted_at`,
               answered: sql`threads.reply_count > 0`,
               now,
             })})::bigint as position
      from search_rows join threads on threads.id = search_rows.thread_id
      where search_rows.kind = 'post' and search_rows.id = any (${sql.param(ids)}::bigint[])
        ${onlyTitled.length > 0 ? sql`and (search_rows.id = any (${sql.param(known)}::bigint[]) or (${all.walked}))` : sql``}
    ), placed as (
      select id, position,
             row_number() over (partition by thread_id order by position desc, id desc)::int as place,
             (count(*) over (partition by thread_id))::int as "ofThread"
      from scored
    )
    select * from placed
    where place <= ${perThread} and (position, id) < (${cursor.position}, ${cursor.id})
    order by position desc, id desc limit ${wanted.most + 1}`)
  if (!newest.more) return { posts, count: newest.posts.length, about: false, end: null }
  return { posts, count: Math.max(ids.length, newest.expected), about: true, end: null }
}
