import { sql } from 'drizzle-orm'
import { boolean, check, date, pgTable, text } from 'drizzle-orm/pg-core'

/** In whose name the forum gives ids to what its feeds hold: one row, made once and never changed. */
export const tagAuthorities = pgTable(
  'tag_authorities',
  {
    only: boolean().primaryKey().default(true),
    name: text().notNull(),
    since: date().notNull().default(sql`current_date`),
  },
  (table) => [check('tag_authorities_only', sql`${table.only}`)],
)
