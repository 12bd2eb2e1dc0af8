import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  doublePrecision,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { boards, crossings } from './boards.ts'
import { members } from './members.ts'

const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 6 })

export const threads = pgTable(
  'threads',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    title: text().notNull(),
    slug: text().notNull(),
    authorId: bigint('author_id', { mode: 'number' })
      .notNull()
      .references(() => members.id),
    /** The language of its first post: the `lang` of its title. */
    language: text().notNull(),
    /** The boards it stands in; the same as its rows in `thread_boards`, kept here so that a page reads one row. */
    boardIds: bigint('board_ids', { mode: 'number' }).array().notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
    /** The number of its newest post, deleted or not: the next post takes the number after it. */
    lastNumber: integer('last_number').notNull().default(1),
    /** Posts after the first that have not been deleted. */
    replyCount: integer('reply_count').notNull().default(0),
    lastPostAt: moment('last_post_at').notNull().defaultNow(),
    /** Who wrote it; not a foreign key, because that would cost each reply one more index. */
    lastAuthorId: bigint('last_author_id', { mode: 'number' }).notNull(),
    /** Counts its edited, deleted and restored posts, so that who has followed it knows what to read again. */
    changeNumber: integer('change_number').notNull().default(0),
    /** Nobody but moderators replies any more. */
    lockedAt: moment('locked_at'),
    /** Nobody but moderators sees it any more; it stands in no list. */
    removedAt: moment('removed_at'),
    /** Why moderators did so, for its author. */
    removedReason: text('removed_reason'),
    /** It was removed because none of its posts stood any more: it comes back with the first that is restored. */
    emptied: boolean().notNull().default(false),
    /** The thread that its posts are in now: its address leads there for ever, and it is removed itself. */
    mergedInto: bigint('merged_into', { mode: 'number' }),
    /** How lively: see `activity.ts`. */
    heat: doublePrecision().notNull(),
  },
  (table) => [
    index('threads_author').on(table.authorId, table.id),
    index('threads_heat').on(table.heat, table.id),
    index('threads_merged_into').on(table.mergedInto).where(sql`${table.mergedInto} is not null`),
    index('threads_latest').on(table.lastPostAt, table.id).where(sql`${table.removedAt} is null`),
  ],
)

/** A thread in a board, with the thread's activity time so that a board's listing is a walk along one index. */
export const threadBoards = pgTable(
  'thread_boards',
  {
    boardId: bigint('board_id', { mode: 'number' })
      .notNull()
      .references(() => boards.id),
    threadId: bigint('thread_id', { mode: 'number' })
      .notNull()
      .references(() => threads.id, { onDelete: 'cascade' }),
    activeAt: moment('active_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.boardId, table.threadId] }),
    index('thread_boards_activity').on(table.boardId, table.activeAt, table.threadId),
    index('thread_boards_thread').on(table.threadId),
  ],
)

/**
 * The same for a city and a technology together: their common threads cannot be walked along two indexes at once.
 * Its key begins with the thread, whose reply touches all of its rows.
 */
export const crossingThreads = pgTable(
  'crossing_threads',
  {
    threadId: bigint('thread_id', { mode: 'number' })
      .notNull()
      .references(() => threads.id, { onDelete: 'cascade' }),
    cityId: bigint('city_id', { mode: 'number' }).notNull(),
    technologyId: bigint('technology_id', { mode: 'number' }).notNull(),
    activeAt: moment('active_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.threadId, table.cityId, table.technologyId] }),
    foreignKey({
      columns: [table.cityId, table.technologyId],
      foreignColumns: [crossings.cityId, crossings.technologyId],
    }),
    index('crossing_threads_activity').on(table.cityId, table.technologyId, table.activeAt, table.threadId),
  ],
)

/** Threads that stand first in a board, or, without a board, in all of them: a few, so that no list is long before it begins. */
export const pins = pgTable(
  'pins',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    threadId: bigint('thread_id', { mode: 'number' })
      .notNull()
      .references(() => threads.id, { onDelete: 'cascade' }),
    boardId: bigint('board_id', { mode: 'number' }).references(() => boards.id),
  },
  (table) => [
    uniqueIndex('pins_board').on(sql`coalesce(${table.boardId}, 0)`, table.threadId),
    index('pins_board_id').on(table.boardId).where(sql`${table.boardId} is not null`),
    index('pins_thread').on(table.threadId),
  ],
)
