import { bigint, check, index, integer, pgTable, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core'
import { bytea } from '../platform/database/bytea.ts'
import { isOneOf, TOKEN_PURPOSES } from './enums.ts'
import { members } from './members.ts'

/** The address that a member has confirmed; most have none. */
export const emailAddresses = pgTable(
  'email_addresses',
  {
    memberId: bigint('member_id', { mode: 'number' })
      .primaryKey()
      .references(() => members.id, { onDelete: 'cascade' }),
    address: text().notNull(),
    /** As all spellings of it share it. */
    addressKey: text('address_key').notNull(),
    /** Mails in a row that were refused for good. */
    refusals: integer().notNull().default(0),
    /** When the last of them was. */
    refusedAt: timestamp('refused_at', { withTimezone: true }),
    /** Since when nothing is sent there, because too many were. */
    pausedAt: timestamp('paused_at', { withTimezone: true }),
  },
  (table) => [uniqueIndex('email_addresses_key').on(table.addressKey)],
)

/** Links that were sent by mail and not used yet. */
export const emailTokens = pgTable(
  'email_tokens',
  {
    /** SHA-256 of what the link holds: a copy of this table opens nothing. */
    tokenHash: bytea('token_hash').primaryKey(),
    memberId: bigint('member_id', { mode: 'number' })
      .notNull()
      .references(() => members.id, { onDelete: 'cascade' }),
    purpose: text({ enum: TOKEN_PURPOSES }).notNull(),
    /** What is to be confirmed. */
    address: text(),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
  },
  (table) => [
    index('email_tokens_member').on(table.memberId, table.purpose),
    index('email_tokens_expiry').on(table.expiresAt),
    check('email_tokens_purpose', isOneOf(table.purpose, TOKEN_PURPOSES)),
  ],
)
