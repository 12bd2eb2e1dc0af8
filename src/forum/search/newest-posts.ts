import { sql } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'
import { conditions, estimate, newestFirst } from './conditions.ts'
import { type FoundPost, HITS_PER_PAGE, MOST_OF_A_THREAD, type PageOfPosts, type WantedPage } from './page-of-posts.ts'
import { BEGINNING, type SearchCursor } from './search-cursor.ts'

/** Posts that are read for one page, of which each thread gives its first few. */
const READ_FOR_PAGE = 200

/** A page of the posts that fit, the newest first. */
export async function newestPosts(
  transaction: Transaction,
  wanted: WantedPage,
  cursor: SearchCursor,
): Promise<PageOfPosts> {
  const all = conditions(wanted, sql`to_timestamp(${cursor.at}::float8)`)
  const expected = await estimate(transaction, all)
  const perThread = wanted.isWhole ? READ_FOR_PAGE : MOST_OF_A_THREAD
  const position = sql`(extract(epoch from search_rows.posted_at) * 1000000)::bigint`
  const from = sql`timestamptz 'epoch' + ${Math.min(cursor.position, BEGINNING.position)}::bigint * interval '1 microsecond'`
  const { rows: posts } = await transaction.execute<
    FoundPost & { found: number; endPosition: number; endId: number }
  >(sql`
    with newest as materialized (
      select id, thread_id, ${position} as position from search_rows
      where kind = 'post' and ${all} and (posted_at, id) < (${from}, ${cursor.id})
      order by ${newestFirst(expected)} limit ${READ_FOR_PAGE}
    ), placed as (
      select id, position,
             row_number() over (partition by thread_id order by position desc, id desc)::int as place,
             (count(*) over (partition by thread_id))::int as "ofThread"
      from newest
    ), last_read as (
      select position as "endPosition", id as "endId" from newest order by position, id limit 1
    )
    select placed.*, (select count(*) from newest)::int as found, last_read.* from placed cross join last_read
    where place <= ${perThread} order by position desc, id desc limit ${HITS_PER_PAGE + 1}`)
  const [first] = posts
  const found = first?.found ?? 0
  // A long thread may have had all of those that were read: those of other threads stand behind.
  const end = first && found === READ_FOR_PAGE ? { position: first.endPosition, id: first.endId } : null
  if (found < READ_FOR_PAGE && cursor.position === BEGINNING.position) return { posts, count: found, about: false, end }
  return { posts, count: Math.max(found, expected), about: true, end }
}
