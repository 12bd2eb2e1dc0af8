import {
  bigint,
  check,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import type { Worded } from '../platform/text/i18n/worded.ts'
import { BOARD_KINDS, isOneOf } from './enums.ts'

export const boards = pgTable(
  'boards',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    slug: text().notNull(),
    kind: text({ enum: BOARD_KINDS }).notNull(),
    name: jsonb().$type<Worded>().notNull(),
    summary: jsonb().$type<Worded>().notNull().default({}),
    country: text(),
    department: text(),
    /** WGS 84 degrees. */
    latitude: doublePrecision(),
    longitude: doublePrecision(),
    /** Where it stands among its kind. */
    position: integer().notNull().default(0),
    threadCount: integer('thread_count').notNull().default(0),
    /** It can be read, takes no new thread and is offered nowhere. */
    archivedAt: timestamp('archived_at', { withTimezone: true }),
  },
  (table) => [uniqueIndex('boards_slug').on(table.slug), check('boards_kind', isOneOf(table.kind, BOARD_KINDS))],
)

/** Slugs that boards had, or boards that are part of another now: their addresses lead there for ever. */
export const formerSlugs = pgTable(
  'former_slugs',
  {
    slug: text().primaryKey(),
    boardId: bigint('board_id', { mode: 'number' })
      .notNull()
      .references(() => boards.id),
  },
  (table) => [index('former_slugs_board').on(table.boardId)],
)

/** One city and one technology together: a row where a thread stands in both, or where the crossing is known to the public. */
export const crossings = pgTable(
  'crossings',
  {
    cityId: bigint('city_id', { mode: 'number' })
      .notNull()
      .references(() => boards.id),
    technologyId: bigint('technology_id', { mode: 'number' })
      .notNull()
      .references(() => boards.id),
    /** What is known of it, before any thread. */
    note: jsonb().$type<Worded>(),
    threadCount: integer('thread_count').notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.cityId, table.technologyId] }),
    index('crossings_technology').on(table.technologyId),
  ],
)
