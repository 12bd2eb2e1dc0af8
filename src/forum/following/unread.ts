import { and, eq, type Placeholder, type SQL, sql } from 'drizzle-orm'
import { reads } from '../../schema/reading.ts'
import { threads } from '../../schema/threads.ts'

/** A member, for questions about unread posts. */
export interface Reader {
  id: number
  joinedAt: Date
}

/** The number of unread posts of a thread, and the number of the first of them. */
export type Unread = [count: number, first: number]

/** Above this number, lists say «more than». */
export const MOST_UNREAD_COUNTED = 100
/** How many of a thread's last posts are read. More than are counted, because some are deleted or the reader's own. */
const LOOKED_AT = sql.raw(String(MOST_UNREAD_COUNTED + 20))

/**
 * The placeholders of a query about unread posts. For a visitor all posts are older than their visit, so none is unread.
 */
export const asReader = (reader: Reader | null) => ({
  reader: reader?.id ?? 0,
  joined: reader?.joinedAt.toISOString() ?? 'infinity',
})

const PLACEHOLDERS = {
  reader: sql`${sql.placeholder('reader')}::bigint`,
  joined: sql`${sql.placeholder('joined')}::timestamptz`,
}

/** The row that says how far a member has read a thread: the condition of a left join of `reads` to `threads`. */
export const isReadBy = (reader: Placeholder | number): SQL | undefined =>
  and(eq(reads.memberId, reader), eq(reads.threadId, threads.id))

/**
 * The last posts of a thread after those that a member has read, newest first. Posts before `since.at` count as read:
 * the member joined then, or marked one of the thread's boards as read. Needs `threads` and `reads` in the query. Reads
 * no posts of a thread without activity since.
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

/** The unread posts of a thread for a member; null for none. Their own posts and deleted ones never count. */
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

/** Whether a thread has unread posts. */
export const isUnread = sql<boolean>`exists (select from ${lastPosts(PLACEHOLDERS)} and is_unread)`
