import { sql } from 'drizzle-orm'
import { bigint, boolean, check, index, integer, pgTable, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core'
import { bytea } from '../platform/database/bytea.ts'
import { isOneOf, MAIL_KINDS, MAIL_STATES } from './enums.ts'
import { members } from './members.ts'

/**
 * Mails to be sent, and that they were: what they say is forgotten then, or some days after they have failed, so that an
 * admin can send them again. The table is the queue; jobs only wake.
 */
export const mails = pgTable(
  'mails',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    /** Null: to somebody without an account, whose address stands in the letter. */
    memberId: bigint('member_id', { mode: 'number' }).references(() => members.id, { onDelete: 'cascade' }),
    kind: text({ enum: MAIL_KINDS }).notNull(),
    /** What must not be sent to the member twice, such as the digest of a day. */
    uniqueKey: text('unique_key'),
    /** Somebody waits for it. */
    urgent: boolean().notNull(),
    /** Sealed, because it may hold a link that opens an account: of such secrets the database else has hashes. */
    letter: bytea(),
    state: text({ enum: MAIL_STATES }).notNull().default('queued'),
    tries: integer().notNull().default(0),
    /** Why it was not taken the last time: the server's code, or that of the connection. Never the server's words. */
    problem: text(),
    nextTryAt: timestamp('next_try_at', { withTimezone: true }).notNull().defaultNow(),
    /** Who has it in hand, alive or not: see `lease.ts`. */
    sender: integer(),
    /** The threads and numbers of the posts that it tells of: it is not sent once one of them is out of sight. */
    toldThreads: bigint('told_threads', { mode: 'number' }).array(),
    toldNumbers: integer('told_numbers').array(),
    /** Of a digest, from when on it tells. */
    toldSince: timestamp('told_since', { withTimezone: true }),
    /** When a notice came back that it could not be delivered. */
    bouncedAt: timestamp('bounced_at', { withTimezone: true }),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex('mails_unique_key').on(table.memberId, table.uniqueKey),
    index('mails_due').on(table.urgent.desc().nullsFirst(), table.nextTryAt).where(sql`${table.state} = 'queued'`),
    index('mails_sender').on(table.sender).where(sql`${table.sender} is not null`),
    index('mails_age').on(table.createdAt),
    index('mails_failed').on(table.id).where(sql`${table.state} = 'failed'`),
    check('mails_kind', isOneOf(table.kind, MAIL_KINDS)),
    check('mails_state', isOneOf(table.state, MAIL_STATES)),
    check(
      'mails_letter',
      sql`case ${table.state} when 'queued' then ${table.letter} is not null when 'failed' then true else ${table.letter} is null end`,
    ),
  ],
)
