import { sql } from 'drizzle-orm'
import { bigint, pgTable, primaryKey, timestamp } from 'drizzle-orm/pg-core'
import { bytea } from '../platform/database/bytea.ts'
import { members } from './members.ts'

/** The secret that a member shares with their authenticator app (RFC 6238). */
export const secondFactors = pgTable('second_factors', {
  memberId: bigint('member_id', { mode: 'number' })
    .primaryKey()
    .references(() => members.id, { onDelete: 'cascade' }),
  /** Sealed: a copy of the database makes no codes. */
  secret: bytea().notNull(),
  /** Null while it was shown and no code has proved that the app has it: it is not asked for yet. */
  switchedOnAt: timestamp('switched_on_at', { withTimezone: true }),
  /** The half minute, counted from 1970, of the last code that opened: neither it nor an earlier one opens again. */
  lastHalfMinute: bigint('last_half_minute', { mode: 'number' }).notNull().default(sql`0`),
})

/** Codes for who has lost the app; each opens once, and is gone. */
export const recoveryCodes = pgTable(
  'recovery_codes',
  {
    memberId: bigint('member_id', { mode: 'number' })
      .notNull()
      .references(() => members.id, { onDelete: 'cascade' }),
    /** Keyed hash of a code of 50 random bits or more, so that a copy of the table opens nothing. */
    codeHash: bytea('code_hash').notNull(),
  },
  (table) => [primaryKey({ columns: [table.memberId, table.codeHash] })],
)
