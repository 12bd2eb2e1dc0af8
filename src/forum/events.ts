import { type SQL, sql } from 'drizzle-orm'
import type { Announce as AnnounceAny } from '../platform/database/in-transaction.ts'
import type { Announced, Bus as BusOf, ConnectionEvent } from '../platform/live/bus.ts'

/**
 * What outdates a kept page or value: a thread, a board, anything said anywhere (`threads`), how many threads there are
 * and what opens them (`counts`).
 */
export type CacheTag = `thread:${number}` | `board:${number}` | 'threads' | 'counts'

type Tagged<Fields> = Fields & { tags: CacheTag[] | 'everything' }

/** What has changed, in ids only: whoever listens reads the rest from the database. The functions below make them. */
export type ForumEvent =
  | Tagged<{
      type: 'post' | 'edited' | 'deleted' | 'restored' | 'held' | 'useful'
      thread: number
      number: number
      boards: number[]
    }>
  /** `left`: posts of it stand in another thread now. */
  | Tagged<{ type: 'moved' | 'locked' | 'removed' | 'left' | 'pinned'; thread: number; boards: number[] }>
  | Tagged<{ type: 'boards' }>
  /** An admin has set something otherwise. */
  | Tagged<{ type: 'settings' }>
  /** What the moderators have to decide has become more or less. */
  | Tagged<{ type: 'cases' }>
  /** Posts have been rendered anew, anywhere. */
  | Tagged<{ type: 'rendered' }>
  /** What is known of a member from their sessions is another now. */
  | Tagged<{ type: 'member'; member: number }>
  /** A member’s sessions, or some of them, have ended. */
  | Tagged<{ type: 'signed-out'; member: number }>
  /** A member has read something that they were told. */
  | Tagged<{ type: 'notified'; member: number }>
  /** How many windows of one process follow a thread. */
  | Tagged<{ type: 'readers'; thread: number; process: string; count: number }>

export type HeardEvent = ForumEvent | ConnectionEvent
export type Bus = BusOf<ForumEvent>
export type Announce = AnnounceAny<ForumEvent>

type TypeWith<Field extends string> = Extract<ForumEvent, { [Name in Field]: unknown }>['type']

/** A post was written, edited, deleted or restored. Only the first one decides whether its thread is counted. */
export function postEvent(type: TypeWith<'number'>, thread: number, number: number, boards: number[]): ForumEvent {
  return { type, thread, number, boards, tags: tagsOfThread(thread, boards, number === 1) }
}

/** A post that only its author and moderators see was written, changed or withdrawn. */
export const heldEvent = (thread: number, number: number): ForumEvent => ({
  type: 'held',
  thread,
  number,
  boards: [],
  tags: [`thread:${thread}`],
})

/** One more member finds a post useful, or one less. Open windows are not told. */
export const usefulEvent = (thread: number, number: number): ForumEvent => ({
  type: 'useful',
  thread,
  number,
  boards: [],
  tags: [`thread:${thread}`],
})

/** A thread was moved, locked or unlocked, removed or shown again, or posts have left it. */
export function threadEvent(
  type: 'moved' | 'locked' | 'removed' | 'left',
  thread: number,
  boards: number[],
): ForumEvent {
  return { type, thread, boards, tags: tagsOfThread(thread, boards, type !== 'locked') }
}

/** A thread stands first in some of its boards, or no longer; without a board, in all lists. */
export const pinEvent = (thread: number, board: number | null): ForumEvent => ({
  ...{ type: 'pinned', thread, boards: board === null ? [] : [board] },
  tags: board === null ? 'everything' : [`board:${board}`],
})

/** A member, or what they are told, has changed. Pages that are kept show nothing of that. */
export const memberEvent = (type: TypeWith<'member'>, member: number): ForumEvent => ({ type, member, tags: [] })

/** A member has another role, by which each of their posts is marked, on whatever pages. */
export const roleEvent = (member: number): ForumEvent => ({ type: 'member', member, tags: 'everything' })

/** A member has left or come back: their name goes from each of their posts, or returns, on whatever pages. */
export const nameEvent = roleEvent

export const boardsEvent: ForumEvent = { type: 'boards', tags: 'everything' }
export const settingsEvent: ForumEvent = { type: 'settings', tags: 'everything' }
export const casesEvent: ForumEvent = { type: 'cases', tags: [] }
export const renderedEvent: ForumEvent = { type: 'rendered', tags: 'everything' }

function tagsOfThread(thread: number, boards: readonly number[], countsChange: boolean): CacheTag[] {
  const counts: CacheTag[] = countsChange ? ['counts'] : []
  return [`thread:${thread}`, ...boards.map((board): CacheTag => `board:${board}`), 'threads', ...counts]
}

/** `postEvent` of a reply, made within the statement that writes it, because only that statement knows its number. */
export const replyEvent = (thread: SQL, number: SQL, boards: SQL): SQL => sql`jsonb_build_object(
  'type', 'post', 'thread', ${thread}, 'number', ${number}, 'boards', ${boards},
  'tags', array['thread:' || ${thread}, 'threads'] || array(select 'board:' || board from unnest(${boards}) as board))`

type Check = (value: unknown) => boolean

const id: Check = (value) => Number.isSafeInteger(value)
const ids: Check = (value) => Array.isArray(value) && value.every(id)
const text: Check = (value) => typeof value === 'string'
const ofThread = { thread: id, boards: ids }
const ofPost = { ...ofThread, number: id }
const ofMember = { member: id }

/** The fields of each event beside its type and its tags. By hand: TypeBox's checks take a tenth of the start to load. */
const FIELDS: { [EventType in ForumEvent['type']]: Record<string, Check> } = {
  post: ofPost,
  edited: ofPost,
  deleted: ofPost,
  restored: ofPost,
  held: ofPost,
  useful: ofPost,
  moved: ofThread,
  locked: ofThread,
  removed: ofThread,
  left: ofThread,
  pinned: ofThread,
  boards: {},
  settings: {},
  cases: {},
  rendered: {},
  member: ofMember,
  'signed-out': ofMember,
  notified: ofMember,
  readers: { thread: id, process: text, count: id },
}
const FIELDS_BY_TYPE = new Map(Object.entries(FIELDS))

/** Whether what came over the bus is an event of this version: whoever may use the database may send anything there. */
export function isForumEvent(event: Announced): event is ForumEvent {
  const fields = FIELDS_BY_TYPE.get(event.type)
  return fields !== undefined && Object.entries(fields).every(([field, check]) => check(Reflect.get(event, field)))
}
