import { bigint, check, index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { boards } from './boards.ts'
import { isOneOf, LEVELS } from './enums.ts'
import { members } from './members.ts'
import { threads } from './threads.ts'

const memberId = () =>
  bigint('member_id', { mode: 'number' })
    .notNull()
    .references(() => members.id, { onDelete: 'cascade' })

const boardId = (name: string) =>
  bigint(name, { mode: 'number' })
    .notNull()
    .references(() => boards.id)

export const boardSubscriptions = pgTable(
  'board_subscriptions',
  { memberId: memberId(), boardId: boardId('board_id'), level: text({ enum: LEVELS }).notNull() },
  (table) => [
    primaryKey({ columns: [table.memberId, table.boardId] }),
    index('board_subscriptions_board').on(table.boardId, table.level, table.memberId),
    check('board_subscriptions_level', isOneOf(table.level, LEVELS)),
  ],
)

export const crossingSubscriptions = pgTable(
  'crossing_subscriptions',
  {
    memberId: memberId(),
    cityId: boardId('city_id'),
    technologyId: boardId('technology_id'),
    level: text({ enum: LEVELS }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.memberId, table.cityId, table.technologyId] }),
    index('crossing_subscriptions_crossing').on(table.cityId, table.technologyId, table.level, table.memberId),
    index('crossing_subscriptions_technology').on(table.technologyId),
    check('crossing_subscriptions_level', isOneOf(table.level, LEVELS)),
  ],
)

export const threadSubscriptions = pgTable(
  'thread_subscriptions',
  {
    memberId: memberId(),
    threadId: bigint('thread_id', { mode: 'number' })
      .notNull()
      .references(() => threads.id, { onDelete: 'cascade' }),
    /** `none` is what a member has chosen for a thread that they may reply to again: it is not watched anew then. */
    level: text({ enum: [...LEVELS, 'none'] }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.memberId, table.threadId] }),
    index('thread_subscriptions_thread').on(table.threadId, table.level, table.memberId),
    check('thread_subscriptions_level', isOneOf(table.level, [...LEVELS, 'none'])),
  ],
)

/** Members whose posts another member does not want to see before they ask for them, and is not told of. */
export const mutes = pgTable(
  'mutes',
  {
    memberId: memberId(),
    mutedId: bigint('muted_id', { mode: 'number' })
      .notNull()
      .references(() => members.id, { onDelete: 'cascade' }),
  },
  (table) => [primaryKey({ columns: [table.memberId, table.mutedId] }), index('mutes_muted').on(table.mutedId)],
)
