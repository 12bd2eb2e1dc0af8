import { sql } from 'drizzle-orm'
import { bigint, check, index, integer, pgTable, smallint, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { bytea } from '../platform/database/bytea.ts'
import { boards } from './boards.ts'
import { DELIVERY_STATES, isOneOf, UNANSWERED, WEBHOOK_EVENTS } from './enums.ts'
import { members } from './members.ts'
import { threads } from './threads.ts'

const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 6 })
const threadId = () =>
  bigint('thread_id', { mode: 'number' })
    .notNull()
    .references(() => threads.id, { onDelete: 'cascade' })

/** Addresses that members have told of what happens. */
export const webhooks = pgTable(
  'webhooks',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    memberId: bigint('member_id', { mode: 'number' })
      .notNull()
      .references(() => members.id, { onDelete: 'cascade' }),
    url: text().notNull(),
    /** What signs each message; sealed. */
    secret: bytea().notNull(),
    events: text({ enum: WEBHOOK_EVENTS }).array().notNull(),
    /** Only what happens in this board; null: anywhere. */
    boardId: bigint('board_id', { mode: 'number' }).references(() => boards.id),
    /** Of a crossing the technology; its city is the board. */
    technologyId: bigint('technology_id', { mode: 'number' }).references(() => boards.id),
    createdAt: moment('created_at').notNull().defaultNow(),
    /** Nothing is sent before: one message is on its way, or the last ones were not taken. */
    quietUntil: moment('quiet_until').notNull().defaultNow(),
    /** Messages in a row that were not taken. */
    failures: integer().notNull().default(0),
    failingSince: moment('failing_since'),
    /** From when on its receiver is one that takes messages quickly; null: it never has. See `send-due.ts`. */
    trustedFrom: moment('trusted_from'),
    /** Nothing is sent any more: it has failed for days, or its address said that it is gone. */
    offAt: moment('off_at'),
  },
  (table) => [
    index('webhooks_member').on(table.memberId, table.id),
    index('webhooks_due').on(table.quietUntil, table.id).where(sql`${table.offAt} is null`),
    index('webhooks_board').on(table.boardId).where(sql`${table.boardId} is not null`),
    index('webhooks_technology').on(table.technologyId).where(sql`${table.technologyId} is not null`),
  ],
)

/** What has happened and is still to be told, written with what happened; see `spread-events.ts`. */
export const webhookEvents = pgTable(
  'webhook_events',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    type: text({ enum: WEBHOOK_EVENTS }).notNull(),
    threadId: threadId(),
    number: integer().notNull(),
    /** Where the thread stood. */
    boardIds: bigint('board_ids', { mode: 'number' }).array().notNull(),
    happenedAt: moment('happened_at').notNull().defaultNow(),
  },
  (table) => [
    index('webhook_events_thread').on(table.threadId),
    check('webhook_events_type', isOneOf(table.type, WEBHOOK_EVENTS)),
  ],
)

/** One message for one webhook: to be sent, or what came of it. It says what the forum shows when it is sent. */
export const webhookDeliveries = pgTable(
  'webhook_deliveries',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    webhookId: bigint('webhook_id', { mode: 'number' })
      .notNull()
      .references(() => webhooks.id, { onDelete: 'cascade' }),
    /** The same however often it is sent, so that a receiver knows it again. */
    messageId: uuid('message_id').notNull().defaultRandom(),
    type: text({ enum: WEBHOOK_EVENTS }).notNull(),
    threadId: threadId(),
    number: integer().notNull(),
    happenedAt: moment('happened_at').notNull(),
    state: text({ enum: DELIVERY_STATES }).notNull().default('queued'),
    tries: smallint().notNull().default(0),
    nextTryAt: moment('next_try_at').notNull().defaultNow(),
    lastTriedAt: moment('last_tried_at'),
    /** What was answered last, an HTTP status … */
    status: smallint(),
    /** … or why nothing was. */
    problem: text({ enum: UNANSWERED }),
  },
  (table) => [
    index('webhook_deliveries_due').on(table.webhookId, table.nextTryAt).where(sql`${table.state} = 'queued'`),
    index('webhook_deliveries_log').on(table.webhookId, table.id),
    index('webhook_deliveries_thread').on(table.threadId),
    index('webhook_deliveries_age').on(table.happenedAt),
    check('webhook_deliveries_type', isOneOf(table.type, WEBHOOK_EVENTS)),
    check('webhook_deliveries_state', isOneOf(table.state, DELIVERY_STATES)),
  ],
)
