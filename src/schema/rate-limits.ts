import { index, integer, pgTable, timestamp } from 'drizzle-orm/pg-core'
import { bytea } from '../platform/database/bytea.ts'

/** Counted attempts at limited actions: see `rate-limits.ts`. Unlogged: a crash may forget them. */
export const attempts = pgTable(
  'attempts',
  {
    key: bytea().primaryKey(),
    count: integer().notNull(),
    endsAt: timestamp('ends_at', { withTimezone: true }).notNull(),
  },
  (table) => [index('attempts_end').on(table.endsAt)],
)
