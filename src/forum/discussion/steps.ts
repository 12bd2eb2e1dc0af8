import type { SQL } from 'drizzle-orm'
import type { CaseReason } from '../../schema/enums.ts'
import type { Announce } from '../events.ts'
import type { Forum } from '../forum.ts'
import type { Actor } from '../members/permissions.ts'
import type { Step } from '../step.ts'

/** What the statement of a reply offers to its steps. */
export interface ReplyColumns {
  /** A value, not a column, so that a condition on it can use an index. */
  thread: SQL
  author: SQL
  language: SQL
  /** The number of the answered post, or null. */
  answered: SQL
  /** Ids of the mentioned members, as `bigint[]`. */
  mentioned: SQL
  /** A table with one row when the reply is written; empty when the thread takes no reply. */
  written: SQL
  /** Columns of `written`. */
  threadId: SQL
  /** The new post's id, only in `written`. */
  postId: SQL
  /** Whether everybody sees it at once. */
  isShown: SQL
  writtenAt: SQL
  number: SQL
  boardIds: SQL
}

/** A part that another subject adds to the statement of a reply. */
export interface ReplyStep {
  /** The name of its part in the statement. */
  name: string
  /**
   * An `insert`, `update` or `delete`, which PostgreSQL runs even if nothing reads its result. It sees all tables as
   * they were before the statement, and the reply only in `written`.
   */
  sql(reply: ReplyColumns): SQL
  /** Further values that it needs. Their placeholders must have names of their own. */
  values?(reply: ReplyWords): Record<string, unknown>
}

/** The content of a reply, and its thread. */
export interface ReplyWords {
  html: string
  language: string
  thread: { title: string; language: string }
}

/** A thread that is listed in its boards, with its first post. */
export interface StartedThread {
  id: number
  author: number
  boards: readonly number[]
  /** Ids of the mentioned members. */
  mentioned: readonly number[]
}

/** A changed post, and its place. */
interface PlaceOfPost {
  id: number
  thread: { id: number; boardIds: readonly number[] }
  number: number
  authorId: number
}

/** Who acts as a moderator, and why; null for no reason. */
export interface Moderator {
  by: number
  reason: string | null
  /** The case that the act decides. */
  caseId?: number
  /** One of many: only the act as a whole is logged and told. */
  inBulk?: boolean
}

export type PostChange =
  /** `retitled`: its thread has another title or language. */
  | { kind: 'edited'; post: PlaceOfPost; mentioned: readonly number[]; retitled: boolean }
  | ({ kind: 'deleted' | 'restored'; post: PlaceOfPost } & Moderator)
  | ({ kind: 'erased'; post: PlaceOfPost } & Moderator)
  /** A held post that is now published, or never will be. */
  | ({ kind: 'approved' | 'refused'; post: PlaceOfPost } & Moderator)
  | { kind: 'withdrawn'; post: PlaceOfPost }

export type ThreadChange =
  /** Hidden because no post is left, or shown again because one is back. */
  | { kind: 'emptied' | 'refilled'; thread: number }
  /** All its posts are in another thread now. */
  | { kind: 'merged'; thread: number }
  | ({ kind: 'removed' | 'restored' | 'locked' | 'unlocked'; thread: number; author: number } & Moderator)
  | ({ kind: 'moved'; thread: number; author: number; from: readonly number[]; to: readonly number[] } & Moderator)
  | ({ kind: 'pinned' | 'unpinned'; thread: number; author: number; board: number | null } & Moderator)

/** What a member is about to publish. */
export interface Publishing {
  author: Actor
  /** For a new thread. */
  title: string | null
  body: string
  html: string
  excerpt: string
  isNewcomer: boolean
  /** For a post that exists already. */
  id?: number
}

/** Why moderators should look at what a member publishes; empty when they need not. */
export type Judge = (forum: Forum, publishing: Publishing) => Promise<readonly CaseReason[]>

/** A held post, or a visible one that a check reports to moderators. */
export interface HeldPost {
  id: number
  author: number
  reasons: readonly CaseReason[]
  announce: Announce
}

/** Posts that are in another thread now, in the order of their new numbers. */
export interface MovedPosts extends Moderator {
  from: { id: number; author: number }
  /** `before`: its last number before they came; 0 for a new thread. */
  to: { id: number; before: number }
  posts: readonly { id: number; authorId: number; from: number; to: number }[]
  /** All posts were moved, so the first thread redirects to the other. */
  merged: boolean
}

/** What other subjects do in the verbs of a discussion, in the order of each list. */
export interface DiscussionSteps {
  /** Why a post must wait for a moderator. One reason is enough. */
  holds: readonly Judge[]
  /** Why a visible post is reported to moderators. */
  checks: readonly Judge[]
  postHeld: readonly Step<HeldPost>[]
  /** A visible post is reported, or was edited into one that would have been held. It stays visible. */
  postToCheck: readonly Step<HeldPost>[]
  reply: readonly ReplyStep[]
  threadStarted: readonly Step<StartedThread>[]
  postChanged: readonly Step<PostChange>[]
  threadChanged: readonly Step<ThreadChange>[]
  postsMoved: readonly Step<MovedPosts>[]
  /** Nobody changed the post, but its HTML is new, and perhaps its language. */
  postRendered: readonly Step<{ id: number }>[]
}
