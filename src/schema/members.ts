import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  date,
  index,
  integer,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { bytea } from '../platform/database/bytea.ts'
import { THEMES } from '../platform/http/reader-choices.ts'
import { AUTOMATIC_LEVELS, isOneOf, ROLES } from './enums.ts'

const automaticLevel = (name: string) => text(name, { enum: AUTOMATIC_LEVELS }).notNull().default('watching')

/** What a member is called; null: who wrote it has left, and is called nothing but a former member. */
export type MemberName = string | null

export const members = pgTable(
  'members',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    /** Null once they have left: nobody is shown the name any more. */
    username: text(),
    /** The name as look-alikes share it: see `username.ts`. Once it is erased, what keeps it taken: see `held-name.ts`. */
    usernameKey: text('username_key').notNull(),
    passwordHash: text('password_hash').notNull(),
    /** Null: it is the one of the beginning. */
    passwordChangedAt: timestamp('password_changed_at', { withTimezone: true }),
    role: text({ enum: ROLES }).notNull().default('member'),
    language: text().notNull().default('fr'),
    /** Null: as the device prefers. */
    theme: text({ enum: THEMES }),
    /** The IANA name of the zone in which times are said to them; null: the forum's. */
    timeZone: text('time_zone'),
    biography: text().notNull().default(''),
    /** Whether search engines may show their profile. */
    listed: boolean().notNull().default(false),
    /** How they are subscribed to threads that they start, and to those that they reply to. */
    startedLevel: automaticLevel('started_level'),
    repliedLevel: automaticLevel('replied_level'),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    /** Moderators have not let them in yet: they read, and write nothing. */
    waitingSince: timestamp('waiting_since', { withTimezone: true }),
    /** A banned member's sessions have ended and no new one begins. */
    bannedAt: timestamp('banned_at', { withTimezone: true }),
    /** Until then they read and write nothing. Null: they may. */
    silencedUntil: timestamp('silenced_until', { withTimezone: true }),
    /** What is older than this counts as read for them; null: as of when they joined. */
    unreadSince: timestamp('unread_since', { withTimezone: true }),
    /** Since when they have left; their next login undoes it, until all that is theirs is erased. */
    leftAt: timestamp('left_at', { withTimezone: true }),
    /** The name of who has left, to come back to. */
    formerUsername: text('former_username'),
    /** Whether what they wrote is removed with the rest. */
    takesPostsAway: boolean('takes_posts_away').notNull().default(false),
    erasedAt: timestamp('erased_at', { withTimezone: true }),
  },
  (table) => [
    // By this operator class the index also finds how names begin.
    uniqueIndex('members_username_key').on(table.usernameKey.op('text_pattern_ops')),
    index('members_staff').on(table.role, table.id).where(sql`${table.role} <> 'member'`),
    index('members_waiting').on(table.id).where(sql`${table.waitingSince} is not null`),
    index('members_banned').on(table.id).where(sql`${table.bannedAt} is not null`),
    index('members_silenced').on(table.id).where(sql`${table.silencedUntil} is not null`),
    index('members_left').on(table.leftAt).where(sql`${table.leftAt} is not null and ${table.erasedAt} is null`),
    index('members_take_posts').on(table.id).where(sql`${table.takesPostsAway}`),
    check('members_left_check', sql`(${table.username} is null) = (${table.leftAt} is not null)`),
    check('members_role', isOneOf(table.role, ROLES)),
    check('members_started_level', isOneOf(table.startedLevel, AUTOMATIC_LEVELS)),
    check('members_replied_level', isOneOf(table.repliedLevel, AUTOMATIC_LEVELS)),
  ],
)

export const sessions = pgTable(
  'sessions',
  {
    /** SHA-256 of what the cookie holds: a copy of this table opens no account. */
    idHash: bytea('id_hash').primaryKey(),
    memberId: bigint('member_id', { mode: 'number' })
      .notNull()
      .references(() => members.id, { onDelete: 'cascade' }),
    /** Browser and system in two words («Firefox, Android»), so that people can tell their sessions apart. */
    device: text().notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    /** When the member has last said their password in it. */
    confirmedAt: timestamp('confirmed_at', { withTimezone: true }).notNull().defaultNow(),
    /** The last day on which it was used; never the hour. */
    seenOn: date('seen_on').notNull().defaultNow(),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
  },
  (table) => [index('sessions_member').on(table.memberId), index('sessions_expiry').on(table.expiresAt)],
)

/**
 * Links to become the first administrator that are dead: each has a number, and one row at most can take it. The next
 * link, should a forum be without an administrator again, has the next number.
 */
export const deadSetupLinks = pgTable('dead_setup_links', {
  number: integer().primaryKey(),
  diedAt: timestamp('died_at', { withTimezone: true }).notNull().defaultNow(),
})

/** Links that let somebody register once where the forum asks for an invitation. */
export const invitations = pgTable(
  'invitations',
  {
    /** SHA-256 of the code in the link. */
    codeHash: bytea('code_hash').primaryKey(),
    madeBy: bigint('made_by', { mode: 'number' })
      .notNull()
      .references(() => members.id),
    madeAt: timestamp('made_at', { withTimezone: true }).notNull().defaultNow(),
    endsAt: timestamp('ends_at', { withTimezone: true }).notNull(),
    usedBy: bigint('used_by', { mode: 'number' }).references(() => members.id),
  },
  (table) => [
    index('invitations_made_by').on(table.madeBy),
    index('invitations_used_by').on(table.usedBy).where(sql`${table.usedBy} is not null`),
    index('invitations_end').on(table.endsAt),
  ],
)
