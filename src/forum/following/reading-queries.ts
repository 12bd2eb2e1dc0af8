import { sql } from 'drizzle-orm'
import type { Database } from '../../platform/database/database.ts'
import { statement } from '../../platform/database/statement.ts'
import type { Level } from '../../schema/enums.ts'
import { asReader, isReadBy, isUnread, type Reader } from './unread.ts'

/** How many of a board's most recently active threads are read to count unread ones. */
export const MOST_THREADS_COUNTED = 100

/**
 * One row for each thread with the level, or one row with the level alone. Skips threads without activity since the
 * member joined or marked this board as read.
 */
const findReader = statement<{ level: Level | null; unread: boolean | null }>(sql`
    select level, unread
    from (
      select (
        select level from board_subscriptions
        where member_id = ${sql.placeholder('reader')} and board_id = ${sql.placeholder('board')}
      ) as level
    ) as subscribed
    left join (
      select ${isUnread} as unread
      from (
        select thread_id from thread_boards
        where board_id = ${sql.placeholder('board')} and active_at > greatest(
          ${sql.placeholder('joined')}::timestamptz,
          (
            select read_at from board_reads
            where member_id = ${sql.placeholder('reader')} and board_reads.board_id = ${sql.placeholder('board')}
          )
        )
        order by active_at desc, thread_id desc
        limit ${sql.placeholder('most')}
      ) as places
      join threads on threads.id = places.thread_id
      left join reads on ${isReadBy(sql.placeholder('reader'))}
    ) as last on true`)

/** How many of a board's last threads a member has not fully read, and their level for the board. */
export async function readerOfBoard(database: Database, board: number, reader: Reader) {
  const last = await findReader(database, { board, most: MOST_THREADS_COUNTED + 1, ...asReader(reader) })
  return { unread: last.filter(({ unread }) => unread).length, level: last[0]?.level ?? 'none' }
}
