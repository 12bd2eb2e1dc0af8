import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { members } from './members.ts'
import { threads } from './threads.ts'

const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 6 })

export const posts = pgTable(
  'posts',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    threadId: bigint('thread_id', { mode: 'number' })
      .notNull()
      .references(() => threads.id, { onDelete: 'cascade' }),
    /** Its place in the thread, from 1; never reused. */
    number: integer().notNull(),
    authorId: bigint('author_id', { mode: 'number' })
      .notNull()
      .references(() => members.id),
    /** Markdown, as it was typed. */
    body: text().notNull(),
    /** What pages show: rendered and sanitised once, when written. */
    bodyHtml: text('body_html').notNull(),
    /** The renderer that made `body_html`; older ones are rendered again in the background. */
    htmlVersion: smallint('html_version').notNull(),
    /** Its beginning as plain text, for quotes, lists and mails. */
    excerpt: text().notNull(),
    /** The code of the language that it is in: guessed when it was written, unless its author has chosen it. */
    language: text().notNull(),
    languageChosen: boolean('language_chosen').notNull().default(false),
    /** The number of the post it answers. */
    replyTo: integer('reply_to'),
    createdAt: moment('created_at').notNull().defaultNow(),
    editedAt: moment('edited_at'),
    /** How many times it was edited: its former versions are in `post_versions`. */
    editCount: integer('edit_count').notNull().default(0),
    /** The thread's `change_number` when it was last edited, deleted or restored; 0: never. */
    changeNumber: integer('change_number').notNull().default(0),
    deletedAt: moment('deleted_at'),
    deletedBy: bigint('deleted_by', { mode: 'number' }).references(() => members.id),
    /** Why moderators took it out of sight, for its author. */
    deletedReason: text('deleted_reason'),
    /** When it was deleted for good: nothing of what it said is left, and its place says so. */
    erasedAt: moment('erased_at'),
    /**
     * Nobody but its author and the moderators has ever seen it: it waits for approval, or was refused or withdrawn while it
     * waited. It is deleted too, so that whatever leaves out deleted posts leaves it out; approved, it is neither.
     */
    heldAt: moment('held_at'),
    /** The thread's `change_number` when it was approved: whoever has followed the thread up to then has never seen it. */
    approvedChange: integer('approved_change'),
    /** How many members have found it useful. */
    usefulCount: integer('useful_count').notNull().default(0),
    /** How many members all its versions together have called. */
    calledCount: smallint('called_count').notNull().default(0),
    /** Made from the form's `request_id` and what it said, so that a resent form is recognised: see `request-key.ts`. */
    requestKey: uuid('request_key'),
  },
  (table) => [
    uniqueIndex('posts_thread_number').on(table.threadId, table.number),
    index('posts_changes').on(table.threadId, table.changeNumber).where(sql`${table.changeNumber} > 0`),
    index('posts_author').on(table.authorId, table.id),
    /** A few pages for millions of posts, which are nearly in this order: the posts of a day are counted by it. */
    index('posts_created').using('brin', table.createdAt),
    check('posts_held', sql`${table.heldAt} is null or ${table.deletedAt} is not null`),
    index('posts_deleted_by').on(table.deletedBy).where(sql`${table.deletedBy} is not null`),
    uniqueIndex('posts_request_key').on(table.authorId, table.requestKey).where(sql`${table.requestKey} is not null`),
  ],
)

/** What a post said before each of its edits. */
export const postVersions = pgTable(
  'post_versions',
  {
    postId: bigint('post_id', { mode: 'number' })
      .notNull()
      .references(() => posts.id, { onDelete: 'cascade' }),
    /** 0 is the post as first written. */
    version: integer().notNull(),
    /** With the first post of a thread: the thread's title. */
    title: text(),
    body: text().notNull(),
    /** When this version was written. */
    writtenAt: moment('written_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.postId, table.version] })],
)

/** Places in threads that posts have been moved away from: their addresses lead to where the post stands now. */
export const movedPosts = pgTable(
  'moved_posts',
  {
    threadId: bigint('thread_id', { mode: 'number' })
      .notNull()
      .references(() => threads.id, { onDelete: 'cascade' }),
    number: integer().notNull(),
    postId: bigint('post_id', { mode: 'number' })
      .notNull()
      .references(() => posts.id, { onDelete: 'cascade' }),
    movedAt: moment('moved_at').notNull().defaultNow(),
    /** The number of the post that it answered there: it answers it again where it is moved back. */
    replyTo: integer('reply_to'),
  },
  (table) => [primaryKey({ columns: [table.threadId, table.number] }), index('moved_posts_post').on(table.postId)],
)

/** The versions of rendering that the posts of before have been, or are being, brought up to. */
export const htmlVersions = pgTable('html_versions', {
  version: integer().primaryKey(),
  begunAt: moment('begun_at').notNull().defaultNow(),
  /** The posts up to this id have been. */
  reached: bigint({ mode: 'number' }).notNull().default(0),
  doneAt: moment('done_at'),
})
