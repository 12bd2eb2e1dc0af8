import { and, eq, type Placeholder, type SQL, sql } from 'drizzle-orm'
import { reads } from '../../schema/reading.ts'
import { threads } from '../../schema/threads.ts'

/** A member, as far as what they have not read is concerned. */
export interface Reader {
  id: number
  joinedAt: Date
}

/** Of a thread: how many posts are unread, and the number of the first of them. */
export type Unread = [count: number, first: number]

/** More unread posts of a thread are not counted, but said to be more. */
export const MOST_UNREAD_COUNTED = 100
/** So many of a thread's last posts are looked at; some may be deleted, or the reader's own. */
const LOOKED_AT = sql.raw(String(MOST_UNREAD_COUNTED + 20))

/**
 * The placeholders of a query that asks for what is unread. For people without an account everything is from before
 * they came, so nothing is.
 */
export const asReader = (reader: Reader | null) => ({
  reader: reader?.id ?? 0,
  joined: reader?.joinedAt.toISOString() ?? 'infinity',
})

const PLACEHOLDERS = {
  reader: sql`${sql.placeholder('reader')}::bigint`,
  joined: sql`${sql.placeholder('joined')}::timestamptz`,
}

/** How far a member has read a thread: for a left join of `reads` to `threads`. */
export const isReadBy = (reader: Placeholder | number): SQL | undefined =>
  and(eq(reads.memberId, reader), eq(reads.threadId, threads.id))

/**
 * The last posts of a thread that a member has not seen, from the newest back; in `since.at` the moment until which
 * everything there counts as seen: they joined, or declared one of its boards read. Is asked beside `threads` and `reads`, and
 * reads no post of a thread that has not moved since.
 */
const lastPosts = ({ reader, joined }: { reader: SQL; joined: SQL }) => sql`
  (
    select greatest(${joined}, (
      select max(read_at) from board_reads
      where board_reads.member_id = ${reader} and board_reads.board_id = any (threads.board_ids)
    )) as at
  ) as since
  cross join lateral (
    select posts.number, posts.created_at > since.at and deleted_at is null and posts.author_id <> ${reader} as is_unread
    from posts
    where posts.thread_id = threads.id and posts.number > coalesce(reads.number, 0)
    order by posts.number desc limit ${LOOKED_AT}
  ) as last
  where threads.last_post_at > since.at and threads.last_number > coalesce(reads.number, 0)`

/** How much of a thread a member has not seen; null: nothing. Their own posts and deleted ones are never unread. */
export const unreadIn = (whose: { reader: SQL; joined: SQL }): SQL<Unread | null> => sql<Unread | null>`(
  select case when bool_or(is_unread) then array[
    count(*) filter (where is_unread),
    coalesce(
      case when count(*) = ${LOOKED_AT} then (
        select posts.number from posts
        where posts.thread_id = threads.id and posts.number = coalesce(reads.number, 0) + 1 and posts.created_at > max(since.at)
      ) end,
      min(last.number) filter (where is_unread)
    )
  ]::int[] end
  from ${lastPosts(whose)}
)`

/** The same with the placeholders of `asReader`. */
export const unreadPosts = unreadIn(PLACEHOLDERS)

/** Whether there is anything of a thread that they have not seen. */
export const isUnread = sql<boolean>`exists (select from ${lastPosts(PLACEHOLDERS)} and is_unread)`
