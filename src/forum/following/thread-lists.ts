import { and, desc, eq, isNull, lt, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Database } from '../../platform/database/database.ts'
import { prepared } from '../../platform/database/prepared.ts'
import { members } from '../../schema/members.ts'
import { reads } from '../../schema/reading.ts'
import { crossingThreads, threadBoards, threads } from '../../schema/threads.ts'
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
  author: string
  lastAuthor: string
  /** The posts that the member has not seen; null: none. */
  unread: Unread | null
}

const lastAuthors = alias(members, 'last_authors')

/** What every list says of its threads, for a reader. */
const lines = (database: Database, position: SQL<number> = sql<number>`0`) =>
  database
    .select({
      id: threads.id,
      title: threads.title,
      slug: threads.slug,
      language: threads.language,
      boardIds: threads.boardIds,
      replyCount: threads.replyCount,
      lastNumber: threads.lastNumber,
      createdAt: threads.createdAt,
      lastPostAt: threads.lastPostAt,
      lockedAt: threads.lockedAt,
      author: members.username,
      lastAuthor: lastAuthors.username,
      unread: unreadPosts,
      position,
    })
    .from(threads)
    .innerJoin(members, eq(members.id, threads.authorId))
    .innerJoin(lastAuthors, eq(lastAuthors.id, threads.lastAuthorId))
    .leftJoin(reads, isReadBy(sql.placeholder('reader')))

const isBefore = (activeAt: SQL, id: SQL) =>
  sql`(${activeAt}, ${id}) < (${momentOf(sql.placeholder('moment'))}, ${sql.placeholder('thread')})`

const activeInBoard = prepared((database) =>
  lines(database, microseconds(threadBoards.activeAt))
    .innerJoin(threadBoards, eq(threadBoards.threadId, threads.id))
    .where(
      and(
        eq(threadBoards.boardId, sql.placeholder('board')),
        isBefore(sql`${threadBoards.activeAt}`, sql`${threadBoards.threadId}`),
      ),
    )
    .orderBy(desc(threadBoards.activeAt), desc(threadBoards.threadId))
    .limit(THREADS_PER_PAGE + 1)
    .prepare('active_in_board'),
)

/**
 * The places are found before the threads: told all at once, PostgreSQL may walk all threads down from the newest in
 * search of those of the board, because both are in the same order.
 */
const newInBoard = prepared((database) => {
  const places = database
    .select({ threadId: threadBoards.threadId })
    .from(threadBoards)
    .where(
      and(eq(threadBoards.boardId, sql.placeholder('board')), lt(threadBoards.threadId, sql.placeholder('thread'))),
    )
    .orderBy(desc(threadBoards.threadId))
    .limit(THREADS_PER_PAGE + 1)
    .as('places')
  return lines(database)
    .innerJoin(places, eq(places.threadId, threads.id))
    .orderBy(desc(places.threadId))
    .prepare('new_in_board')
})

export type BoardOrder = 'active' | 'new'

/** Threads of a board from a cursor on: by their last activity, or the newest first. */
export async function boardThreads(
  database: Database,
  board: number,
  order: BoardOrder,
  before: Cursor,
  reader: Reader | null,
  most?: number,
): Promise<Slice<ListedThread>> {
  const query = order === 'new' ? newInBoard(database) : activeInBoard(database)
  return sliceOf(await query.execute({ board, ...before, ...asReader(reader) }), most)
}

const activeInCrossing = prepared((database) =>
  lines(database, microseconds(crossingThreads.activeAt))
    .innerJoin(crossingThreads, eq(crossingThreads.threadId, threads.id))
    .where(
      and(
        eq(crossingThreads.cityId, sql.placeholder('city')),
        eq(crossingThreads.technologyId, sql.placeholder('technology')),
        isBefore(sql`${crossingThreads.activeAt}`, sql`${crossingThreads.threadId}`),
      ),
    )
    .orderBy(desc(crossingThreads.activeAt), desc(crossingThreads.threadId))
    .limit(THREADS_PER_PAGE + 1)
    .prepare('active_in_crossing'),
)

/** Threads that stand in a city and a technology together, by their last activity. */
export async function crossingThreadsBefore(
  database: Database,
  city: number,
  technology: number,
  before: Cursor,
  reader: Reader | null,
  most?: number,
): Promise<Slice<ListedThread>> {
  const found = await activeInCrossing(database).execute({ city, technology, ...before, ...asReader(reader) })
  return sliceOf(found, most)
}

const withIds = prepared((database) =>
  lines(database)
    .where(sql`${threads.id} = any (${sql.placeholder('ids')}::bigint[])`)
    .prepare('listed_threads'),
)

/** What lists say of some threads, in any order. */
export const listedThreads = (database: Database, ids: number[], reader: Reader | null): Promise<ListedThread[]> =>
  withIds(database).execute({ ids, ...asReader(reader) })

const THREADS_ON_HOME = 8

const newest = prepared((database) =>
  lines(database)
    .where(isNull(threads.removedAt))
    .orderBy(desc(threads.id))
    .limit(THREADS_ON_HOME)
    .prepare('newest_threads'),
)

/** The threads started last. */
export const newestThreads = (database: Database, reader: Reader | null): Promise<ListedThread[]> =>
  newest(database).execute(asReader(reader))

const liveliest = prepared((database) =>
  lines(database)
    .where(isNull(threads.removedAt))
    .orderBy(desc(threads.heat), desc(threads.id))
    .limit(THREADS_ON_HOME)
    .prepare('liveliest_threads'),
)

/** The threads where most is being said, the last days counting most. */
export const liveliestThreads = (database: Database, reader: Reader | null): Promise<ListedThread[]> =>
  liveliest(database).execute(asReader(reader))
