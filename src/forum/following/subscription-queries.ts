import { and, desc, eq, inArray, isNull, lt, ne, sql } from 'drizzle-orm'
import type { Database } from '../../platform/database/database.ts'
import { statement } from '../../platform/database/statement.ts'
import type { Level } from '../../schema/enums.ts'
import { boardSubscriptions, crossingSubscriptions, threadSubscriptions } from '../../schema/subscriptions.ts'
import { threads } from '../../schema/threads.ts'
import { NEWEST_ID } from '../discussion/cursor.ts'

const crossingLevel = statement<{ level: Level }>(sql`
    select level from crossing_subscriptions
    where member_id = ${sql.placeholder('member')} and city_id = ${sql.placeholder('city')}
      and technology_id = ${sql.placeholder('technology')}`)

/** A member's level for a crossing. */
export async function levelOfCrossing(
  database: Database,
  member: number,
  city: number,
  technology: number,
): Promise<Level> {
  const [found] = await crossingLevel(database, { member, city, technology })
  return found?.level ?? 'none'
}

const threadLevel = statement<{ level: Level }>(sql`
    select level from thread_subscriptions
    where member_id = ${sql.placeholder('member')} and thread_id = ${sql.placeholder('thread')}`)

/** How a member is subscribed to a thread. */
export async function levelOfThread(database: Database, member: number, thread: number): Promise<Level> {
  const [found] = await threadLevel(database, { member, thread })
  return found?.level ?? 'none'
}

const followed = statement<{ boardId: number }>(sql`
    select board_id as "boardId" from board_subscriptions
    where member_id = ${sql.placeholder('member')} and level in ('watching', 'following')`)

/** The boards that a member follows. */
export const followedBoards = async (database: Database, member: number): Promise<number[]> =>
  (await followed(database, { member })).map(({ boardId }) => boardId)

/** A member's levels for boards and crossings: a few dozen at most. */
export async function subscribedPlaces(database: Database, memberId: number) {
  const [inBoards, inCrossings] = await Promise.all([
    database
      .select({ boardId: boardSubscriptions.boardId, level: boardSubscriptions.level })
      .from(boardSubscriptions)
      .where(eq(boardSubscriptions.memberId, memberId)),
    database
      .select({
        cityId: crossingSubscriptions.cityId,
        technologyId: crossingSubscriptions.technologyId,
        level: crossingSubscriptions.level,
      })
      .from(crossingSubscriptions)
      .where(eq(crossingSubscriptions.memberId, memberId)),
  ])
  return { inBoards, inCrossings }
}

export type SubscribedPlaces = Awaited<ReturnType<typeof subscribedPlaces>>

export const THREADS_PER_LIST = 50

/**
 * A member's subscribed threads after one of them, newest first; one more than a page shows.
 * @param removed whether to include removed threads.
 */
export const subscribedThreads = (database: Database, memberId: number, before = NEWEST_ID, removed: boolean) =>
  database
    .select({
      id: threads.id,
      slug: threads.slug,
      title: threads.title,
      language: threads.language,
      level: threadSubscriptions.level,
    })
    .from(threadSubscriptions)
    .innerJoin(threads, eq(threads.id, threadSubscriptions.threadId))
    .where(
      and(
        eq(threadSubscriptions.memberId, memberId),
        ne(threadSubscriptions.level, 'none'),
        lt(threadSubscriptions.threadId, before),
        removed ? undefined : isNull(threads.removedAt),
      ),
    )
    .orderBy(desc(threadSubscriptions.threadId))
    .limit(THREADS_PER_LIST + 1)

/** Threads in the list of all that a member follows. */
const MOST_THREADS = 1_000

/** The newest followed threads that everybody may see. */
export const followedThreads = (database: Database, memberId: number) =>
  database
    .select({ id: threads.id, slug: threads.slug, title: threads.title })
    .from(threadSubscriptions)
    .innerJoin(threads, eq(threads.id, threadSubscriptions.threadId))
    .where(
      and(
        eq(threadSubscriptions.memberId, memberId),
        inArray(threadSubscriptions.level, ['watching', 'following']),
        isNull(threads.removedAt),
      ),
    )
    .orderBy(desc(threadSubscriptions.threadId))
    .limit(MOST_THREADS)

export type SubscribedThread = Awaited<ReturnType<typeof subscribedThreads>>[number]
