import { sql } from 'drizzle-orm'
import { bigint, boolean, check, index, integer, pgTable, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core'
import { boards } from './boards.ts'
import { ACCOUNT_OCCASIONS, isOneOf, NOTIFICATION_KINDS } from './enums.ts'
import { members } from './members.ts'
import { threads } from './threads.ts'

/**
 * What a member is told on the site. An answer, a mention and what a moderator did are told one by one. Of the replies
 * in a thread, and of the threads of a board, only the first that is unread is kept: how many have followed is in the
 * thread and in the board, so a reply to a thread with many watchers who have not come back yet writes nothing. Once
 * they have been told by mail, the next one begins another, so that a mail follows it too.
 */
export const notifications = pgTable(
  'notifications',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    memberId: bigint('member_id', { mode: 'number' })
      .notNull()
      .references(() => members.id, { onDelete: 'cascade' }),
    kind: text({ enum: NOTIFICATION_KINDS }).notNull(),
    threadId: bigint('thread_id', { mode: 'number' })
      .notNull()
      .references(() => threads.id, { onDelete: 'cascade' }),
    /** The post's number; of several, the first one's. */
    number: integer().notNull(),
    /** The watched board in which a thread was started. */
    boardId: bigint('board_id', { mode: 'number' }).references(() => boards.id),
    /** Of a watched crossing the technology; its city is the board. */
    technologyId: bigint('technology_id', { mode: 'number' }).references(() => boards.id),
    createdAt: timestamp('created_at', { withTimezone: true, precision: 6 }).notNull().defaultNow(),
    readAt: timestamp('read_at', { withTimezone: true }),
    /** When it was told by mail too, to those who want that. */
    mailedAt: timestamp('mailed_at', { withTimezone: true }),
  },
  (table) => [
    uniqueIndex('notifications_post')
      .on(table.memberId, table.threadId, table.number, table.kind)
      .where(sql`${table.kind} in ('answer', 'mention')`),
    // The thread first: all who are told of its replies are asked for with each reply.
    uniqueIndex('notifications_replies')
      .on(table.threadId, table.memberId)
      .where(sql`${table.kind} = 'reply' and ${table.readAt} is null and ${table.mailedAt} is null`),
    uniqueIndex('notifications_threads')
      .on(table.memberId, table.boardId, sql`coalesce(${table.technologyId}, 0)`)
      .where(sql`${table.kind} = 'thread' and ${table.readAt} is null and ${table.mailedAt} is null`),
    index('notifications_unread').on(table.memberId, table.id).where(sql`${table.readAt} is null`),
    index('notifications_member').on(table.memberId, table.id),
    index('notifications_thread').on(table.threadId, table.number),
    index('notifications_board').on(table.boardId).where(sql`${table.boardId} is not null`),
    index('notifications_technology').on(table.technologyId).where(sql`${table.technologyId} is not null`),
    index('notifications_age').on(table.createdAt),
    check('notifications_kind', isOneOf(table.kind, NOTIFICATION_KINDS)),
  ],
)

/** What a member is told on the site of their own account, and not of a thread. */
export const accountNotifications = pgTable(
  'account_notifications',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    memberId: bigint('member_id', { mode: 'number' })
      .notNull()
      .references(() => members.id, { onDelete: 'cascade' }),
    occasion: text({ enum: ACCOUNT_OCCASIONS }).notNull(),
    /** The words of whoever did it, where they have given any. */
    reason: text(),
    /** The page of the forum where there is more of it. */
    path: text().notNull(),
    createdAt: timestamp('created_at', { withTimezone: true, precision: 6 }).notNull().defaultNow(),
    readAt: timestamp('read_at', { withTimezone: true }),
  },
  (table) => [
    index('account_notifications_member').on(table.memberId, table.id),
    index('account_notifications_unread').on(table.memberId).where(sql`${table.readAt} is null`),
    index('account_notifications_age').on(table.createdAt),
    check('account_notifications_occasion', isOneOf(table.occasion, ACCOUNT_OCCASIONS)),
  ],
)

/** Threads that very many watch, with the replies of which their watchers are still to be told: see `notify-watchers.ts`. */
export const untoldReplies = pgTable('untold_replies', {
  threadId: bigint('thread_id', { mode: 'number' })
    .primaryKey()
    .references(() => threads.id, { onDelete: 'cascade' }),
  firstNumber: integer('first_number').notNull(),
  lastNumber: integer('last_number').notNull(),
  /** The last reply of which they are being told. */
  tellingTo: integer('telling_to').notNull().default(0),
  /** The last member who was. */
  toldUpTo: bigint('told_up_to', { mode: 'number' }).notNull().default(0),
})

/** How far the mails of notifications have come: see `sweep.ts`. One row. */
export const notificationSweeps = pgTable(
  'notification_sweeps',
  {
    single: boolean().primaryKey().default(true),
    sweptUntil: timestamp('swept_until', { withTimezone: true, precision: 6 }).notNull(),
  },
  (table) => [check('notification_sweeps_single', sql`${table.single}`)],
)
