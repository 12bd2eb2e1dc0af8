import { and, eq, type Placeholder, type SQL, sql } from 'drizzle-orm'
import { threads } from '../threads/schema.ts'
import { reads } from './schema.ts'

/** A member, as far as what they have not read is concerned. */
export interface Reader {
  id: number
  joinedAt: Date
}

/**
 * The placeholders of a query that asks for what is unread. For people without an account everything is from before
 * they came, so nothing is.
 */
export const asReader = (reader: Reader | null) => ({
  reader: reader?.id ?? 0,
  joined: reader?.joinedAt.toISOString() ?? 'infinity',
})

/** How far a member has read a thread: for a left join of `reads` to `threads`. */
export const isReadBy = (reader: Placeholder | number): SQL | undefined =>
  and(eq(reads.memberId, reader), eq(reads.threadId, threads.id))

/**
 * How many posts of a thread a member has not seen. What was there before they joined, or before they declared one of
 * its boards read, counts as seen. The first is asked first: for people without an account that is all there is to ask.
 */
export const unreadPosts = sql<number>`
  case
    when threads.last_post_at <= ${sql.placeholder('joined')}::timestamptz then 0
    when threads.last_post_at <= (
      select max(read_at) from board_reads
      where board_reads.member_id = ${sql.placeholder('reader')} and board_reads.board_id = any (threads.board_ids)
    ) then 0
    else greatest(0, threads.last_number - coalesce(reads.number, 0))
  end`.mapWith(Number)
