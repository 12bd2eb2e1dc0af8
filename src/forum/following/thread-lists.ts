import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '../../platform/database/database.ts'
import { statement } from '../../platform/database/statement.ts'
import type { MemberName } from '../../schema/members.ts'
import { type Cursor, microseconds, momentOf, type Slice, sliceOf, THREADS_PER_PAGE } from '../discussion/cursor.ts'
import { asReader, isReadBy, type Reader, type Unread, unreadPosts } from './unread.ts'

/** One line of a list of threads. */
export interface ListedThread {
  id: number
  title: string
  slug: string
  language: string
  boardIds: number[]
  replyCount: number
  lastNumber: number
  createdAt: Date
  lastPostAt: Date
  lockedAt: Date | null
  author: MemberName
  lastAuthor: MemberName
  /** The unread posts; null for none. */
  unread: Unread | null
}

type PlacedThread = ListedThread & { position: number }

/** The list items of the threads of `from`, for a reader, each with its position in the list. */
const lines = (from: SQL, position: SQL = sql`0`) => sql`
  select
    threads.id, threads.title, threads.slug, threads.language, threads.board_ids as "boardIds",
    threads.reply_count as "replyCount", threads.last_number as "lastNumber", threads.created_at as "createdAt",
    threads.last_post_at as "lastPostAt", threads.locked_at as "lockedAt",
    authors.username as author, last_authors.username as "lastAuthor",
    ${unreadPosts} as unread, ${position} as position
  from ${from}
  join members as authors on authors.id = threads.author_id
  join members as last_authors on last_authors.id = threads.last_author_id
  left join reads on ${isReadBy(sql.placeholder('reader'))}`

const onePage = sql.raw(`limit ${THREADS_PER_PAGE + 1}`)
const cursor = sql`(${momentOf(sql.placeholder('moment'))}, ${sql.placeholder('thread')}::bigint)`

const activeInBoard = statement<PlacedThread>(sql`
    ${lines(
      sql`thread_boards as places join threads on threads.id = places.thread_id`,
      microseconds(sql`places.active_at`),
    )}
    where places.board_id = ${sql.placeholder('board')} and (places.active_at, places.thread_id) < ${cursor}
    order by places.active_at desc, places.thread_id desc ${onePage}`)

/**
 * The inner query finds the places first. In one join, PostgreSQL may walk all threads from the newest on to find those
 * of the board, because both have the same order.
 */
const newInBoard = statement<PlacedThread>(sql`
    ${lines(sql`
      (
        select thread_id from thread_boards
        where board_id = ${sql.placeholder('board')} and thread_id < ${sql.placeholder('thread')}
        order by thread_id desc ${onePage}
      ) as places
      join threads on threads.id = places.thread_id`)}
    order by places.thread_id desc`)

export type BoardOrder = 'active' | 'new'

/** Threads of a board from a cursor on, by last activity or newest first. */
export async function boardThreads(
  database: Database,
  board: number,
  order: BoardOrder,
  before: Cursor,
  reader: Reader | null,
  most?: number,
): Promise<Slice<ListedThread>> {
  const threads = order === 'new' ? newInBoard : activeInBoard
  return sliceOf(await threads(database, { board, ...before, ...asReader(reader) }), most)
}

const activeInCrossing = statement<PlacedThread>(sql`
    ${lines(
      sql`crossing_threads as places join threads on threads.id = places.thread_id`,
      microseconds(sql`places.active_at`),
    )}
    where places.city_id = ${sql.placeholder('city')} and places.technology_id = ${sql.placeholder('technology')}
      and (places.active_at, places.thread_id) < ${cursor}
    order by places.active_at desc, places.thread_id desc ${onePage}`)

/** Threads of a crossing, by last activity. */
export async function crossingThreadsBefore(
  database: Database,
  city: number,
  technology: number,
  before: Cursor,
  reader: Reader | null,
  most?: number,
): Promise<Slice<ListedThread>> {
  return sliceOf(await activeInCrossing(database, { city, technology, ...before, ...asReader(reader) }), most)
}

const withIds = statement<ListedThread>(sql`
    ${lines(sql`threads`)} where threads.id = any (${sql.placeholder('ids')}::bigint[])`)

/** The list items of some threads, in any order. */
export const listedThreads = (database: Database, ids: number[], reader: Reader | null): Promise<ListedThread[]> =>
  withIds(database, { ids, ...asReader(reader) })

const LIVELIEST = 12
/** More than are shown, because those among the liveliest are left out. */
const NEWEST = 16

const newest = statement<ListedThread>(sql`
    ${lines(sql`threads`)} where threads.removed_at is null order by threads.id desc limit ${sql.raw(String(NEWEST))}`)

/** The newest threads. */
export const newestThreads = (database: Database, reader: Reader | null): Promise<ListedThread[]> =>
  newest(database, asReader(reader))

const liveliest = statement<ListedThread>(sql`
    ${lines(sql`threads`)} where threads.removed_at is null order by threads.heat desc, threads.id desc limit ${sql.raw(String(LIVELIEST))}`)

/** The liveliest threads; recent posts count most. */
export const liveliestThreads = (database: Database, reader: Reader | null): Promise<ListedThread[]> =>
  liveliest(database, asReader(reader))
