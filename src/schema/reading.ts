import { bigint, index, integer, pgTable, primaryKey, timestamp } from 'drizzle-orm/pg-core'
import { boards } from './boards.ts'
import { members } from './members.ts'
import { threads } from './threads.ts'

/** How far a member has read a thread. */
export const reads = pgTable(
  'reads',
  {
    memberId: bigint('member_id', { mode: 'number' })
      .notNull()
      .references(() => members.id, { onDelete: 'cascade' }),
    threadId: bigint('thread_id', { mode: 'number' })
      .notNull()
      .references(() => threads.id, { onDelete: 'cascade' }),
    /** The highest number of a post that they have seen. */
    number: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.memberId, table.threadId] }), index('reads_thread').on(table.threadId)],
)

/** Until when a member has declared everything in a board read. */
export const boardReads = pgTable(
  'board_reads',
  {
    memberId: bigint('member_id', { mode: 'number' })
      .notNull()
      .references(() => members.id, { onDelete: 'cascade' }),
    boardId: bigint('board_id', { mode: 'number' })
      .notNull()
      .references(() => boards.id),
    readAt: timestamp('read_at', { withTimezone: true, precision: 6 }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.memberId, table.boardId] }), index('board_reads_board').on(table.boardId)],
)
