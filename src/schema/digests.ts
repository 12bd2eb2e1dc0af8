import { sql } from 'drizzle-orm'
import { bigint, boolean, check, date, index, pgTable, smallint, text, timestamp } from 'drizzle-orm/pg-core'
import { isOneOf, RHYTHMS } from './enums.ts'
import { members } from './members.ts'

/** When a member who has confirmed an address gets their digest. */
export const digestSettings = pgTable(
  'digest_settings',
  {
    memberId: bigint('member_id', { mode: 'number' })
      .primaryKey()
      .references(() => members.id, { onDelete: 'cascade' }),
    rhythm: text({ enum: RHYTHMS }).notNull().default('daily'),
    /** Of the week, for the weekly rhythm: 1 is Monday (ISO 8601). */
    weekday: smallint().notNull().default(1),
    /** Of the day, for the daily and the weekly rhythm, in the member's time zone. */
    hour: smallint().notNull().default(7),
    /** By its IANA name. */
    timeZone: text('time_zone').notNull().default('Europe/Paris'),
    /** Whether a mail is sent of notifications too, soon after them. */
    notifyByMail: boolean('notify_by_mail').notNull().default(false),
    /** Null: never. */
    nextAt: timestamp('next_at', { withTimezone: true }),
    /** What was posted until then was in a digest, or need not be. */
    coveredUntil: timestamp('covered_until', { withTimezone: true, precision: 6 }).notNull().defaultNow(),
    /** The last day on which they were on the site. */
    seenOn: date('seen_on').notNull().defaultNow(),
  },
  (table) => [
    index('digest_settings_due').on(table.nextAt).where(sql`${table.nextAt} is not null`),
    check('digest_settings_rhythm', isOneOf(table.rhythm, RHYTHMS)),
    check('digest_settings_hour', sql`${table.hour} between 0 and 23`),
    check('digest_settings_weekday', sql`${table.weekday} between 1 and 7`),
  ],
)
