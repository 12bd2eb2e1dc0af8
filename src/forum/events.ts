import { type SQL, sql } from 'drizzle-orm'
import type { Announce as AnnounceAny } from '../platform/database/in-transaction.ts'
import type { Announced, Bus as BusOf, ConnectionEvent } from '../platform/live/bus.ts'

/**
 * What outdates a kept page or value: a change in a thread, in a board, of any post (`threads`), or of which threads
 * exist (`counts`).
 */
export type CacheTag = `thread:${number}` | `board:${number}` | 'threads' | 'counts'

type Tagged<Fields> = Fields & { tags: CacheTag[] | 'everything' }

/** A change, with ids only. Listeners read the rest from the database. The functions below make events. */
export type ForumEvent =
  | Tagged<{
      type: 'post' | 'edited' | 'deleted' | 'restored' | 'held' | 'useful'
      thread: number
      number: number
      boards: number[]
    }>
  /** `left`: posts of it are in another thread now. */
  | Tagged<{ type: 'moved' | 'locked' | 'removed' | 'left' | 'pinned'; thread: number; boards: number[] }>
  | Tagged<{ type: 'boards' }>
  /** An admin has changed a setting. */
  | Tagged<{ type: 'settings' }>
  /** The number of open cases has changed. */
  | Tagged<{ type: 'cases' }>
  /** The HTML of posts has changed, in any thread. */
  | Tagged<{ type: 'rendered' }>
  /** Something that a member's sessions remember about them has changed. */
  | Tagged<{ type: 'member'; member: number }>
  /** Some or all of a member’s sessions have ended. */
  | Tagged<{ type: 'signed-out'; member: number }>
  /** A member has read, or got, a notification. */
  | Tagged<{ type: 'notified'; member: number }>
  /** The number of windows of one process on a thread. */
  | Tagged<{ type: 'readers'; thread: number; process: string; count: number }>

export type HeardEvent = ForumEvent | ConnectionEvent
export type Bus = BusOf<ForumEvent>
export type Announce = AnnounceAny<ForumEvent>

type TypeWith<Field extends string> = Extract<ForumEvent, { [Name in Field]: unknown }>['type']

/** A post was written, edited, deleted or restored. Only a first post changes whether its thread is counted. */
export function postEvent(type: TypeWith<'number'>, thread: number, number: number, boards: number[]): ForumEvent {
  return { type, thread, number, boards, tags: tagsOfThread(thread, boards, number === 1) }
}

/** A post that only its author and moderators see was written, edited or withdrawn. */
export const heldEvent = (thread: number, number: number): ForumEvent => ({
  type: 'held',
  thread,
  number,
  boards: [],
  tags: [`thread:${thread}`],
})

/** A useful mark was set or removed. Open windows ignore it. */
export const usefulEvent = (thread: number, number: number): ForumEvent => ({
  type: 'useful',
  thread,
  number,
  boards: [],
  tags: [`thread:${thread}`],
})

/** A thread was moved, locked, unlocked, removed or shown again, or posts have left it. */
export function threadEvent(
  type: 'moved' | 'locked' | 'removed' | 'left',
  thread: number,
  boards: number[],
): ForumEvent {
  return { type, thread, boards, tags: tagsOfThread(thread, boards, type !== 'locked') }
}

/** A thread was pinned or unpinned in a board; without a board, in all lists. */
export const pinEvent = (thread: number, board: number | null): ForumEvent => ({
  ...{ type: 'pinned', thread, boards: board === null ? [] : [board] },
  tags: board === null ? 'everything' : [`board:${board}`],
})

/** A member, or their notifications, changed. Kept pages show nothing of that. */
export const memberEvent = (type: TypeWith<'member'>, member: number): ForumEvent => ({ type, member, tags: [] })

/** A member's role changed. Any page may show it beside their posts, so all kept pages are outdated. */
export const roleEvent = (member: number): ForumEvent => ({ type: 'member', member, tags: 'everything' })

/** A member left or came back, so that their name disappears or returns on any page. */
export const nameEvent = roleEvent

export const boardsEvent: ForumEvent = { type: 'boards', tags: 'everything' }
export const settingsEvent: ForumEvent = { type: 'settings', tags: 'everything' }
export const casesEvent: ForumEvent = { type: 'cases', tags: [] }
export const renderedEvent: ForumEvent = { type: 'rendered', tags: 'everything' }

function tagsOfThread(thread: number, boards: readonly number[], countsChange: boolean): CacheTag[] {
  const counts: CacheTag[] = countsChange ? ['counts'] : []
  return [`thread:${thread}`, ...boards.map((board): CacheTag => `board:${board}`), 'threads', ...counts]
}

/** `postEvent` for a reply, in SQL, because only the statement that writes the reply knows its number. */
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

/**
 * The fields of each event besides type and tags. Written by hand, because TypeBox's checks take a tenth of the start
 * time.
 */
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

/** Whether a message of the bus is a valid event. Everybody with access to the database can send messages there. */
export function isForumEvent(event: Announced): event is ForumEvent {
  const fields = FIELDS_BY_TYPE.get(event.type)
  return fields !== undefined && Object.entries(fields).every(([field, check]) => check(Reflect.get(event, field)))
}
