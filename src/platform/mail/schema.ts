import { sql } from 'drizzle-orm'
import { bigint, check, index, integer, jsonb, pgTable, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core'
import { members } from '../../features/accounts/schema.ts'
import type { MailContent } from './mail.ts'

/** Mails to be sent, and that they were: what they say is forgotten then. */
export const mails = pgTable(
  'mails',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    memberId: bigint('member_id', { mode: 'number' })
      .notNull()
      .references(() => members.id, { onDelete: 'cascade' }),
    /** Null: the address that the member has confirmed, as it is when the mail is sent. */
    address: text(),
    kind: text({ enum: ['account', 'digest', 'notification'] }).notNull(),
    /** What must not be sent to the member twice, such as the digest of a day. */
    uniqueKey: text('unique_key'),
    content: jsonb().$type<MailContent>(),
    state: text({ enum: ['queued', 'sending', 'sent', 'dropped', 'failed'] })
      .notNull()
      .default('queued'),
    tries: integer().notNull().default(0),
    /** When to try to send it; while it is being sent: when whoever was sending it must have been killed. */
    nextTryAt: timestamp('next_try_at', { withTimezone: true }).notNull().defaultNow(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex('mails_unique_key').on(table.memberId, table.uniqueKey),
    index('mails_due').on(table.nextTryAt).where(sql`${table.state} in ('queued', 'sending')`),
    index('mails_age').on(table.createdAt),
    check('mails_kind', sql`${table.kind} in ('account', 'digest', 'notification')`),
    check('mails_state', sql`${table.state} in ('queued', 'sending', 'sent', 'dropped', 'failed')`),
  ],
)
