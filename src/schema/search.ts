import { sql } from 'drizzle-orm'
import { bigint, index, integer, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'
import { tsvector } from '../platform/database/tsvector.ts'
import { members } from './members.ts'

/** Kilobytes of new rows that wait to be sorted into the index: each search reads them all, and a reply that fills them sorts them. */
const WAITING_ROWS = { gin_pending_list_limit: 64 }

/**
 * What search finds, one row a thing, whatever kind of thing it is. What nobody may find has no row, so that it is neither
 * found nor counted nor suggested. No foreign keys: they would cost each reply, and each subject takes its rows out itself.
 */
export const searchRows = pgTable(
  'search_rows',
  {
    /** `post`; later `document`, `dossier`, `link` and `request`. */
    kind: text().notNull(),
    /** The key of the thing itself. */
    id: bigint({ mode: 'number' }).notNull(),
    threadId: bigint('thread_id', { mode: 'number' }),
    authorId: bigint('author_id', { mode: 'number' }),
    language: text().notNull(),
    postedAt: timestamp('posted_at', { withTimezone: true, precision: 6 }).notNull(),
    /** The words of its title alone; null for a reply. */
    title: tsvector(),
    /** The same as they are spelt, with the names of its boards: what suggestions are made from. */
    titleWords: text('title_words'),
    /** All its words and, each as one word that nobody can type, what it can be filtered by: see `index-posts.ts`. */
    words: tsvector().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.kind, table.id] }),
    index('search_rows_newest').on(table.postedAt, table.id),
    index('search_rows_newest_titles').on(table.postedAt, table.id).where(sql`${table.title} is not null`),
    index('search_rows_words').using('gin', table.words).with(WAITING_ROWS),
    index('search_rows_title').using('gin', table.title).with(WAITING_ROWS).where(sql`${table.title} is not null`),
    index('search_rows_spelling')
      .using('gin', table.titleWords.op('gin_trgm_ops'))
      .with(WAITING_ROWS)
      .where(sql`${table.titleWords} is not null`),
  ],
)

/** Searches that members follow: what is new for them is told in their digests. */
export const savedSearches = pgTable(
  'saved_searches',
  {
    memberId: bigint('member_id', { mode: 'number' })
      .notNull()
      .references(() => members.id, { onDelete: 'cascade' }),
    /** As it was typed, with its restrictions as operators. */
    query: text().notNull(),
    savedAt: timestamp('saved_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.memberId, table.query] })],
)

/** How far the posts of before search were put into it: one row for each way of taking texts apart. */
export const searchVersions = pgTable('search_versions', {
  version: integer().primaryKey(),
  /** The posts up to this id have been. */
  reached: bigint({ mode: 'number' }).notNull().default(0),
  doneAt: timestamp('done_at', { withTimezone: true }),
})
