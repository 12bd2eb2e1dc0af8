import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  bigint,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { bytea } from '../platform/database/bytea.ts'
import { boards } from './boards.ts'
import { ACT_KINDS, areAmong, CASE_KINDS, CASE_REASONS, DECISIONS, FLAG_REASONS, isOneOf, SANCTIONS } from './enums.ts'
import { members } from './members.ts'
import { posts } from './posts.ts'
import { threads } from './threads.ts'

const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 6 })
const memberColumn = (name: string) => bigint(name, { mode: 'number' }).references(() => members.id)

/** What so many have flagged is looked at first. It is not hidden for that: a crowd that flags may be wrong. */
export const MANY_FLAGS = 5

/** The log: every act of moderators and admins, never changed. What undoes an act is an act of its own. */
export const acts = pgTable(
  'acts',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    kind: text({ enum: ACT_KINDS }).notNull(),
    /** Null: somebody at the command line, or a job. */
    byId: memberColumn('by_id'),
    at: moment('at').notNull().defaultNow(),
    /** What it was done to, as far as it concerns one of these. */
    threadId: bigint('thread_id', { mode: 'number' }).references(() => threads.id, { onDelete: 'set null' }),
    postId: bigint('post_id', { mode: 'number' }).references(() => posts.id, { onDelete: 'set null' }),
    memberId: memberColumn('member_id'),
    boardId: bigint('board_id', { mode: 'number' }).references(() => boards.id),
    /** The case that it decided. */
    caseId: bigint('case_id', { mode: 'number' }).references(() => cases.id),
    reason: text(),
    /** What was changed, from what to what, in small values that the log can show. */
    before: jsonb(),
    after: jsonb(),
  },
  (table) => [
    index('acts_at').on(table.at, table.kind),
    index('acts_kind').on(table.kind, table.id),
    index('acts_by').on(table.byId).where(sql`${table.byId} is not null`),
    index('acts_thread').on(table.threadId, table.id).where(sql`${table.threadId} is not null`),
    index('acts_post').on(table.postId).where(sql`${table.postId} is not null`),
    index('acts_member').on(table.memberId, table.id).where(sql`${table.memberId} is not null`),
    index('acts_board').on(table.boardId).where(sql`${table.boardId} is not null`),
    index('acts_case').on(table.caseId).where(sql`${table.caseId} is not null`),
    check('acts_kind_check', isOneOf(table.kind, ACT_KINDS)),
  ],
)

/**
 * What the moderators have to decide: all flags and notices about one post together, a held post, an appeal, or somebody who
 * wants to join.
 */
export const cases = pgTable(
  'cases',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    kind: text({ enum: CASE_KINDS }).notNull(),
    /** Null with an appeal, with who wants to join, and with a notice that names no post of this forum. */
    postId: bigint('post_id', { mode: 'number' }).references(() => posts.id),
    /** Whom it is about: the author, or who appeals or wants to join. */
    memberId: memberColumn('member_id'),
    /** What who appeals or wants to join has written. */
    words: text(),
    /** Why the forum itself has opened it; null where somebody else has. */
    reasons: text({ enum: CASE_REASONS }).array(),
    /** What an appeal is against. */
    sanctionId: bigint('sanction_id', { mode: 'number' }).references((): AnyPgColumn => sanctions.id),
    openedAt: moment('opened_at').notNull().defaultNow(),
    /** How many flags and notices it has. */
    flagCount: integer('flag_count').notNull().default(0),
    claimedBy: memberColumn('claimed_by'),
    claimedAt: moment('claimed_at'),
    /** From then on it is for admins. */
    escalatedAt: moment('escalated_at'),
    closedAt: moment('closed_at'),
    decision: text({ enum: DECISIONS }),
    /** The reasons that the people concerned are told. */
    statement: text(),
    decidedBy: memberColumn('decided_by'),
  },
  (table) => [
    // At most one open case of a kind about one post, however many flag it at once.
    uniqueIndex('cases_open_post').on(table.postId, table.kind).where(sql`${table.closedAt} is null`),
    index('cases_closed').on(table.closedAt).where(sql`${table.closedAt} is not null`),
    // What many have flagged comes first, then what has waited longest.
    index('cases_open')
      .on(sql`(${table.flagCount} < ${sql.raw(String(MANY_FLAGS))})`, table.openedAt, table.id)
      .where(sql`${table.closedAt} is null`),
    index('cases_post').on(table.postId).where(sql`${table.postId} is not null`),
    // One appeal against each sanction.
    uniqueIndex('cases_appeal').on(table.sanctionId).where(sql`${table.sanctionId} is not null`),
    index('cases_member').on(table.memberId).where(sql`${table.memberId} is not null`),
    index('cases_claimed_by').on(table.claimedBy).where(sql`${table.claimedBy} is not null`),
    index('cases_decided_by').on(table.decidedBy).where(sql`${table.decidedBy} is not null`),
    check('cases_kind', isOneOf(table.kind, CASE_KINDS)),
    check('cases_decision', isOneOf(table.decision, DECISIONS)),
    check('cases_reasons', areAmong(table.reasons, CASE_REASONS)),
  ],
)

/** A member's report of a post: one each in a case. */
export const flags = pgTable(
  'flags',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    caseId: bigint('case_id', { mode: 'number' })
      .notNull()
      .references(() => cases.id, { onDelete: 'cascade' }),
    postId: bigint('post_id', { mode: 'number' })
      .notNull()
      .references(() => posts.id),
    memberId: bigint('member_id', { mode: 'number' })
      .notNull()
      .references(() => members.id),
    reason: text({ enum: FLAG_REASONS }).notNull(),
    note: text().notNull().default(''),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex('flags_case_member').on(table.caseId, table.memberId),
    index('flags_case').on(table.caseId, table.id),
    index('flags_post_member').on(table.postId, table.memberId),
    index('flags_member').on(table.memberId),
    check('flags_reason', isOneOf(table.reason, FLAG_REASONS)),
  ],
)

/** A report by somebody without an account (Regulation (EU) 2022/2065, article 16). Kept for six months after its decision. */
export const notices = pgTable(
  'notices',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    /** SHA-256 of the code that shows its state: a copy of the table opens none. */
    codeHash: bytea('code_hash').notNull(),
    caseId: bigint('case_id', { mode: 'number' })
      .notNull()
      .references(() => cases.id),
    url: text().notNull(),
    reason: text({ enum: FLAG_REASONS }).notNull(),
    explanation: text().notNull(),
    /** Name and mail address of whoever sent it, sealed; null where they gave none. */
    sender: bytea(),
    language: text().notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex('notices_code').on(table.codeHash),
    index('notices_case').on(table.caseId, table.id),
    index('notices_age').on(table.createdAt),
    check('notices_reason', isOneOf(table.reason, FLAG_REASONS)),
  ],
)

/** What moderators say to each other about a case. */
export const caseNotes = pgTable(
  'case_notes',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    caseId: bigint('case_id', { mode: 'number' })
      .notNull()
      .references(() => cases.id, { onDelete: 'cascade' }),
    authorId: bigint('author_id', { mode: 'number' })
      .notNull()
      .references(() => members.id),
    body: text().notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [index('case_notes_case').on(table.caseId, table.id), index('case_notes_author').on(table.authorId)],
)

/** What was imposed on a member, with its reason and its end. */
export const sanctions = pgTable(
  'sanctions',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    memberId: bigint('member_id', { mode: 'number' })
      .notNull()
      .references(() => members.id),
    kind: text({ enum: SANCTIONS }).notNull(),
    reason: text().notNull(),
    byId: memberColumn('by_id'),
    at: moment('at').notNull().defaultNow(),
    /** Null: without end. A warning has none. */
    until: moment('until'),
    liftedAt: moment('lifted_at'),
  },
  (table) => [
    index('sanctions_member').on(table.memberId, table.id),
    index('sanctions_by').on(table.byId).where(sql`${table.byId} is not null`),
    // At most one of a kind holds at a time.
    uniqueIndex('sanctions_holding')
      .on(table.memberId, table.kind)
      .where(sql`${table.liftedAt} is null and ${table.kind} in ('silence', 'ban')`),
    check('sanctions_kind', isOneOf(table.kind, SANCTIONS)),
  ],
)

/** All that an account posted in some hours, taken out of sight at once, and what of it was: so it is undone exactly. */
export const purges = pgTable(
  'purges',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    memberId: bigint('member_id', { mode: 'number' })
      .notNull()
      .references(() => members.id),
    byId: bigint('by_id', { mode: 'number' })
      .notNull()
      .references(() => members.id),
    at: moment('at').notNull().defaultNow(),
    since: moment('since').notNull(),
    reason: text(),
    undoneAt: moment('undone_at'),
  },
  (table) => [index('purges_member').on(table.memberId, table.id), index('purges_by').on(table.byId)],
)

/** A post, or a whole thread, that a purge took out of sight. */
export const purged = pgTable(
  'purged',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    purgeId: bigint('purge_id', { mode: 'number' })
      .notNull()
      .references(() => purges.id, { onDelete: 'cascade' }),
    postId: bigint('post_id', { mode: 'number' }).references(() => posts.id, { onDelete: 'cascade' }),
    threadId: bigint('thread_id', { mode: 'number' }).references(() => threads.id, { onDelete: 'cascade' }),
    /** When it was: what somebody has shown, and taken away again, since then is no longer the purge's. */
    hiddenAt: moment('hidden_at').notNull(),
  },
  (table) => [
    index('purged_purge').on(table.purgeId, table.id),
    index('purged_post').on(table.postId).where(sql`${table.postId} is not null`),
    index('purged_thread').on(table.threadId).where(sql`${table.threadId} is not null`),
  ],
)
