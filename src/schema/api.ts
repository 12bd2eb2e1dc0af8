import { bigint, check, date, index, pgTable, primaryKey, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core'
import { bytea } from '../platform/database/bytea.ts'
import { areAmong, SCOPES } from './enums.ts'
import { members } from './members.ts'

/** What lets a program act for a member. */
export const apiTokens = pgTable(
  'api_tokens',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    memberId: bigint('member_id', { mode: 'number' })
      .notNull()
      .references(() => members.id, { onDelete: 'cascade' }),
    /** What its owner calls it. */
    name: text().notNull(),
    /** SHA-256 of the token: a copy of this table opens nothing. */
    tokenHash: bytea('token_hash').notNull(),
    scopes: text({ enum: SCOPES }).array().notNull(),
    createdOn: date('created_on').notNull().defaultNow(),
    /** The last day on which it opens anything (UTC). */
    expiresOn: date('expires_on').notNull(),
    /** The day, never the hour: when somebody is at their computer is nobody's business. */
    lastUsedOn: date('last_used_on'),
  },
  (table) => [
    uniqueIndex('api_tokens_hash').on(table.tokenHash),
    index('api_tokens_member').on(table.memberId, table.id),
    index('api_tokens_expiry').on(table.expiresOn),
    check('api_tokens_scopes', areAmong(table.scopes, SCOPES)),
  ],
)

/** The keys that programs have given to what they sent, so that sending it again makes nothing twice. */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    memberId: bigint('member_id', { mode: 'number' })
      .notNull()
      .references(() => members.id, { onDelete: 'cascade' }),
    /** SHA-256 of the key … */
    keyHash: bytea('key_hash').notNull(),
    /** … and of all that was sent with it. */
    requestHash: bytea('request_hash').notNull(),
    /** The post that it made; null while it is being made. */
    postId: bigint('post_id', { mode: 'number' }),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.memberId, table.keyHash] }),
    index('idempotency_keys_age').on(table.createdAt),
  ],
)
