import {
  bigint,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core'
import { bytea } from '../platform/database/bytea.ts'
import { EXPORT_STATES, isOneOf } from './enums.ts'
import { members } from './members.ts'

/** The archive of their data that a member has asked for last. */
export const dataExports = pgTable(
  'data_exports',
  {
    memberId: bigint('member_id', { mode: 'number' })
      .primaryKey()
      .references(() => members.id, { onDelete: 'cascade' }),
    state: text({ enum: EXPORT_STATES }).notNull().default('asked'),
    /** Which run makes it, or has made it: what another run has left behind is not read. */
    run: uuid(),
    tries: smallint().notNull().default(0),
    /** Bytes, once it is ready. */
    size: bigint({ mode: 'number' }).notNull().default(0),
    askedAt: timestamp('asked_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    index('data_exports_asked').on(table.state, table.askedAt),
    check('data_exports_state', isOneOf(table.state, EXPORT_STATES)),
  ],
)

/** Its bytes, some at a time, in the database: whichever process made it, each can hand it out. */
export const dataExportChunks = pgTable(
  'data_export_chunks',
  {
    memberId: bigint('member_id', { mode: 'number' }).notNull(),
    run: uuid().notNull(),
    number: integer().notNull(),
    bytes: bytea().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.memberId, table.run, table.number] }),
    foreignKey({ columns: [table.memberId], foreignColumns: [dataExports.memberId] }).onDelete('cascade'),
  ],
)
