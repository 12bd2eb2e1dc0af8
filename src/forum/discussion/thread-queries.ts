import { and, desc, eq, isNull, lt, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { batched } from '../../platform/database/batched.ts'
import type { Database } from '../../platform/database/database.ts'
import { prepared } from '../../platform/database/prepared.ts'
import { statement } from '../../platform/database/statement.ts'
import type { Level } from '../../schema/enums.ts'
import { members } from '../../schema/members.ts'
import { reads } from '../../schema/reading.ts'
import { crossingThreads, threadBoards, threads } from '../../schema/threads.ts'
import { asReader, isReadBy, type Reader, type Unread, unreadIn, unreadPosts } from '../following/unread.ts'
import { type Cursor, microseconds, momentOf, type Slice, sliceOf, THREADS_PER_PAGE } from './cursor.ts'

/** What there is to know of a thread itself. */
export const threadColumns = {
  id: threads.id,
  title: threads.title,
  slug: threads.slug,
  language: threads.language,
  boardIds: threads.boardIds,
  lastNumber: threads.lastNumber,
  replyCount: threads.replyCount,
  changeNumber: threads.changeNumber,
  lockedAt: threads.lockedAt,
  removedAt: threads.removedAt,
  removedReason: threads.removedReason,
  emptied: threads.emptied,
  authorId: threads.authorId,
}

const findThread = prepared((database) =>
  database
    .select(threadColumns)
    .from(threads)
    .where(eq(threads.id, sql.placeholder('id')))
    .prepare('thread_by_id'),
)

export type Thread = NonNullable<Awaited<ReturnType<typeof threadById>>>

/** What there is to know of a thread itself; null where there is none with this id. */
export async function threadById(database: Database, id: number) {
  const [thread] = await findThread(database).execute({ id })
  return thread ?? null
}

interface ReaderOfThread {
  readNumber: number | null
  unread: Unread | null
  level: Level | null
}

const findReaders = statement<ReaderOfThread & { place: string }>(sql`
    select
      place,
      reads.number as "readNumber",
      ${unreadIn({ reader: sql`asked.member`, joined: sql`members.created_at` })} as unread,
      (select level from thread_subscriptions where member_id = member and thread_id = thread) as level
    from unnest(${sql.placeholder('members')}::bigint[], ${sql.placeholder('threads')}::bigint[])
      with ordinality as asked (member, thread, place)
    join members on members.id = asked.member
    join threads on threads.id = asked.thread
    left join reads on reads.member_id = asked.member and reads.thread_id = asked.thread`)

const readers = prepared((database) =>
  batched(async (asked: { thread: number; member: number }[]) => {
    const found = await findReaders(database, {
      members: asked.map(({ member }) => member),
      threads: asked.map(({ thread }) => thread),
    })
    return found.sort((one, other) => Number(one.place) - Number(other.place))
  }),
)

/** How far a member has read a thread, and how they are subscribed to it; null where there is nothing to say. */
export const readerOf = (database: Database, thread: number, member: number): Promise<ReaderOfThread> =>
  readers(database)({ thread, member })

const lastAuthors = alias(members, 'last_authors')

const listed = {
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
}

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

const byActivity = (activeAt: SQL, id: SQL) =>
  sql`(${activeAt}, ${id}) < (${momentOf(sql.placeholder('moment'))}, ${sql.placeholder('thread')})`

const activeInBoard = prepared((database) =>
  database
    .select({ ...listed, position: microseconds(threadBoards.activeAt) })
    .from(threadBoards)
    .innerJoin(threads, eq(threads.id, threadBoards.threadId))
    .innerJoin(members, eq(members.id, threads.authorId))
    .innerJoin(lastAuthors, eq(lastAuthors.id, threads.lastAuthorId))
    .leftJoin(reads, isReadBy(sql.placeholder('reader')))
    .where(
      and(
        eq(threadBoards.boardId, sql.placeholder('board')),
        byActivity(sql`${threadBoards.activeAt}`, sql`${threadBoards.threadId}`),
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
  return database
    .select({ ...listed, position: sql<number>`0` })
    .from(places)
    .innerJoin(threads, eq(threads.id, places.threadId))
    .innerJoin(members, eq(members.id, threads.authorId))
    .innerJoin(lastAuthors, eq(lastAuthors.id, threads.lastAuthorId))
    .leftJoin(reads, isReadBy(sql.placeholder('reader')))
    .orderBy(desc(places.threadId))
    .prepare('new_in_board')
})

const activeInCrossing = prepared((database) =>
  database
    .select({ ...listed, position: microseconds(crossingThreads.activeAt) })
    .from(crossingThreads)
    .innerJoin(threads, eq(threads.id, crossingThreads.threadId))
    .innerJoin(members, eq(members.id, threads.authorId))
    .innerJoin(lastAuthors, eq(lastAuthors.id, threads.lastAuthorId))
    .leftJoin(reads, isReadBy(sql.placeholder('reader')))
    .where(
      and(
        eq(crossingThreads.cityId, sql.placeholder('city')),
        eq(crossingThreads.technologyId, sql.placeholder('technology')),
        byActivity(sql`${crossingThreads.activeAt}`, sql`${crossingThreads.threadId}`),
      ),
    )
    .orderBy(desc(crossingThreads.activeAt), desc(crossingThreads.threadId))
    .limit(THREADS_PER_PAGE + 1)
    .prepare('active_in_crossing'),
)

export type BoardOrder = 'active' | 'new'

/** Threads of a board from a cursor on: by their last activity, or the newest first. */
export async function boardThreads(
  database: Database,
  board: number,
  order: BoardOrder,
  before: Cursor,
  reader: Reader | null,
): Promise<Slice<ListedThread>> {
  const query = order === 'new' ? newInBoard(database) : activeInBoard(database)
  return sliceOf(await query.execute({ board, ...before, ...asReader(reader) }))
}

/** Threads that stand in a city and a technology together, by their last activity. */
export async function crossingThreadsBefore(
  database: Database,
  city: number,
  technology: number,
  before: Cursor,
  reader: Reader | null,
): Promise<Slice<ListedThread>> {
  return sliceOf(await activeInCrossing(database).execute({ city, technology, ...before, ...asReader(reader) }))
}

const withIds = prepared((database) =>
  database
    .select(listed)
    .from(threads)
    .innerJoin(members, eq(members.id, threads.authorId))
    .innerJoin(lastAuthors, eq(lastAuthors.id, threads.lastAuthorId))
    .leftJoin(reads, isReadBy(sql.placeholder('reader')))
    .where(sql`${threads.id} = any (${sql.placeholder('ids')}::bigint[])`)
    .prepare('listed_threads'),
)

/** What lists say of some threads, in any order. */
export const listedThreads = (database: Database, ids: number[], reader: Reader | null): Promise<ListedThread[]> =>
  withIds(database).execute({ ids, ...asReader(reader) })

const THREADS_ON_HOME = 8

const newest = prepared((database) =>
  database
    .select(listed)
    .from(threads)
    .innerJoin(members, eq(members.id, threads.authorId))
    .innerJoin(lastAuthors, eq(lastAuthors.id, threads.lastAuthorId))
    .leftJoin(reads, isReadBy(sql.placeholder('reader')))
    .where(isNull(threads.removedAt))
    .orderBy(desc(threads.id))
    .limit(THREADS_ON_HOME)
    .prepare('newest_threads'),
)

const liveliest = prepared((database) =>
  database
    .select(listed)
    .from(threads)
    .innerJoin(members, eq(members.id, threads.authorId))
    .innerJoin(lastAuthors, eq(lastAuthors.id, threads.lastAuthorId))
    .leftJoin(reads, isReadBy(sql.placeholder('reader')))
    .where(isNull(threads.removedAt))
    .orderBy(desc(threads.heat), desc(threads.id))
    .limit(THREADS_ON_HOME)
    .prepare('liveliest_threads'),
)

/** The threads started last. */
export const newestThreads = (database: Database, reader: Reader | null): Promise<ListedThread[]> =>
  newest(database).execute(asReader(reader))
/** The threads where most is being said, the last days counting most. */
export const liveliestThreads = (database: Database, reader: Reader | null): Promise<ListedThread[]> =>
  liveliest(database).execute(asReader(reader))
