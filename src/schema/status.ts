import { bigint, date, integer, pgTable, timestamp } from 'drizzle-orm/pg-core'

/** How the forum was at a moment: figures only, of nobody. Forgotten after a month. */
export const statusSamples = pgTable('status_samples', {
  takenAt: timestamp('taken_at', { withTimezone: true }).primaryKey().defaultNow(),
  databaseBytes: bigint('database_bytes', { mode: 'number' }).notNull(),
  /** Of the disk that holds the data folder of the process that took it. */
  freeBytes: bigint('free_bytes', { mode: 'number' }).notNull(),
  /** To the database, of all processes together. */
  connections: integer().notNull(),
  jobsWaiting: integer('jobs_waiting').notNull(),
  jobsFailed: integer('jobs_failed').notNull(),
  mailsWaiting: integer('mails_waiting').notNull(),
})

/** What came on a day (UTC), once it is over. Totals only: who reads what is not counted. */
export const dailyTotals = pgTable('daily_totals', {
  day: date().primaryKey(),
  members: integer().notNull(),
  threads: integer().notNull(),
  posts: integer().notNull(),
  /** Digests that were sent. */
  digests: integer().notNull(),
})
