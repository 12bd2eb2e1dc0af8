import { jsonb, pgTable, text } from 'drizzle-orm/pg-core'

/** What an admin has set otherwise than it comes: see `forum/settings.ts` for the names and what they may hold. */
export const settings = pgTable('settings', {
  name: text().primaryKey(),
  value: jsonb().notNull(),
})
