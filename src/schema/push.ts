import { sql } from 'drizzle-orm'
import { bigint, index, pgTable, text, timestamp, unique } from 'drizzle-orm/pg-core'
import { bytea } from '../platform/database/bytea.ts'
import { members } from './members.ts'

const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 6 })

/** Browsers in which a member has asked to be told at once. */
export const pushBrowsers = pgTable(
  'push_browsers',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    memberId: bigint('member_id', { mode: 'number' })
      .notNull()
      .references(() => members.id, { onDelete: 'cascade' }),
    /** Where the maker of the browser takes messages for it; sealed. */
    address: bytea().notNull(),
    /** SHA-256 of that address, by which it is found again. */
    addressHash: bytea('address_hash').notNull(),
    device: text().notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
    /** The newest notification that the browser has been told of. */
    toldUntil: moment('told_until').notNull().default(sql`now()`),
  },
  (table) => [
    unique('push_browsers_address').on(table.addressHash),
    index('push_browsers_member').on(table.memberId, table.id),
  ],
)
