import type { SQL } from 'drizzle-orm'
import type { CaseReason } from '../../schema/enums.ts'
import type { Announce } from '../events.ts'
import type { Forum } from '../forum.ts'
import type { Actor } from '../members/permissions.ts'
import type { Step } from '../step.ts'

/** What the statement of a reply knows of it. */
export interface ReplyColumns {
  /** Values that the statement is given: a condition on them can use an index. */
  thread: SQL
  author: SQL
  language: SQL
  /** The number of the post that it answers, or null. */
  answered: SQL
  /** The ids of the members whom it calls, as `bigint[]`. */
  mentioned: SQL
  /** To select from: one row when the reply is written, none when its thread takes no reply. */
  written: SQL
  /** Columns of `written`. */
  threadId: SQL
  /** Of the post that is written; there only where `written` has its row. */
  postId: SQL
  /** Whether everybody sees it from now on. */
  isShown: SQL
  writtenAt: SQL
  number: SQL
  boardIds: SQL
}

/** What else the one statement of a reply writes. */
export interface ReplyStep {
  /** What its part of the statement is called. */
  name: string
  /**
   * An `insert`, `update` or `delete`, which PostgreSQL runs whether or not anything reads what it returns. It sees the
   * tables as they were before the statement: the reply itself only in `written`.
   */
  sql(reply: ReplyColumns): SQL
  /** What it also needs to know, as values of placeholders that no other step has. */
  values?(reply: ReplyWords): Record<string, unknown>
}

/** What a reply says, and what it stands under. */
export interface ReplyWords {
  html: string
  language: string
  thread: { title: string; language: string }
}

/** A thread that stands in its boards, with its first post. */
export interface StartedThread {
  id: number
  author: number
  boards: readonly number[]
  /** The ids of the members whom it calls. */
  mentioned: readonly number[]
}

/** A post that has changed, and its place. */
interface PlaceOfPost {
  id: number
  thread: { id: number; boardIds: readonly number[] }
  number: number
  authorId: number
}

/** Who does something as a moderator, and why; null where they do not say. */
export interface Moderator {
  by: number
  reason: string | null
  /** The case that it decides. */
  caseId?: number
  /** One of many: the act as a whole stands in the log, and is told. */
  inBulk?: boolean
}

export type PostChange =
  /** `retitled`: its thread has another title, or one in another language. */
  | { kind: 'edited'; post: PlaceOfPost; mentioned: readonly number[]; retitled: boolean }
  | ({ kind: 'deleted' | 'restored'; post: PlaceOfPost } & Moderator)
  | ({ kind: 'erased'; post: PlaceOfPost } & Moderator)
  /** A post that nobody had seen: it is in its place now, or never will be. */
  | ({ kind: 'approved' | 'refused'; post: PlaceOfPost } & Moderator)
  | { kind: 'withdrawn'; post: PlaceOfPost }

export type ThreadChange =
  /** Removed because none of its posts stands any more, or shown again because one does. */
  | { kind: 'emptied' | 'refilled'; thread: number }
  /** All its posts stand in another one now. */
  | { kind: 'merged'; thread: number }
  | ({ kind: 'removed' | 'restored' | 'locked' | 'unlocked'; thread: number; author: number } & Moderator)
  | ({ kind: 'moved'; thread: number; author: number; from: readonly number[]; to: readonly number[] } & Moderator)
  | ({ kind: 'pinned' | 'unpinned'; thread: number; author: number; board: number | null } & Moderator)

/** What a member is about to publish. */
export interface Publishing {
  author: Actor
  /** Of a thread that is started. */
  title: string | null
  body: string
  html: string
  excerpt: string
  isNewcomer: boolean
  /** Of a post that is there already. */
  id?: number
}

/** Why what a member publishes is for moderators to look at; nothing where it is not. */
export type Judge = (forum: Forum, publishing: Publishing) => Promise<readonly CaseReason[]>

/** A post that is held; or one that everybody sees, and that a check brings before moderators. */
export interface HeldPost {
  id: number
  author: number
  reasons: readonly CaseReason[]
  announce: Announce
}

/** Posts that stand in another thread now, in the order of their new numbers. */
export interface MovedPosts extends Moderator {
  from: { id: number; author: number }
  /** `before`: its last number before they came; 0 where it was made for them. */
  to: { id: number; before: number }
  posts: readonly { id: number; authorId: number; from: number; to: number }[]
  /** All that were there: the thread that they left leads to the other one. */
  merged: boolean
}

/** What others do when something happens in a discussion, each list in its order. */
export interface DiscussionSteps {
  /** Why a post waits for a moderator: it does if one of them says so. */
  holds: readonly Judge[]
  /** Why one that stands is looked at. */
  checks: readonly Judge[]
  postHeld: readonly Step<HeldPost>[]
  /** A post that stands is to be looked at, or was edited into what would have waited. It stays meanwhile. */
  postToCheck: readonly Step<HeldPost>[]
  reply: readonly ReplyStep[]
  threadStarted: readonly Step<StartedThread>[]
  postChanged: readonly Step<PostChange>[]
  threadChanged: readonly Step<ThreadChange>[]
  postsMoved: readonly Step<MovedPosts>[]
  /** Nobody has changed the post, but it is shown in another way: it may be in another language. */
  postRendered: readonly Step<{ id: number }>[]
}
