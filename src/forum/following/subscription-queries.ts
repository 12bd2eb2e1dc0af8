import { and, desc, eq, isNull, lt, ne, sql } from 'drizzle-orm'
import type { Database } from '../../platform/database/database.ts'
import { prepared } from '../../platform/database/prepared.ts'
import type { Level } from '../../schema/enums.ts'
import { boardSubscriptions, crossingSubscriptions, threadSubscriptions } from '../../schema/subscriptions.ts'
import { threads } from '../../schema/threads.ts'
import type { Catalogue } from '../boards/catalogue.ts'

const crossingLevel = prepared((database) =>
  database
    .select({ level: crossingSubscriptions.level })
    .from(crossingSubscriptions)
    .where(
      and(
        eq(crossingSubscriptions.memberId, sql.placeholder('member')),
        eq(crossingSubscriptions.cityId, sql.placeholder('city')),
        eq(crossingSubscriptions.technologyId, sql.placeholder('technology')),
      ),
    )
    .prepare('crossing_level'),
)

/** How a member is subscribed to a crossing. */
export async function levelOfCrossing(
  database: Database,
  member: number,
  city: number,
  technology: number,
): Promise<Level> {
  const [found] = await crossingLevel(database).execute({ member, city, technology })
  return found?.level ?? 'none'
}

/** All boards and crossings that a member has said something about: a few dozen at the most. */
export async function placesOf(database: Database, memberId: number) {
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

/** The boards in the order of the catalogue, and the crossings, with their names. */
export function namedPlaces(catalogue: Catalogue, { inBoards, inCrossings }: Awaited<ReturnType<typeof placesOf>>) {
  const levelOf = new Map(inBoards.map(({ boardId, level }) => [boardId, level]))
  const boards = [...catalogue.cities, ...catalogue.technologies].flatMap((board) => {
    const level = levelOf.get(board.id)
    return level ? [{ board, level }] : []
  })
  const crossings = inCrossings.flatMap(({ cityId, technologyId, level }) => {
    const city = catalogue.withId(cityId)
    const technology = catalogue.withId(technologyId)
    return city && technology ? [{ city, technology, level }] : []
  })
  return { boards, crossings }
}

export const THREADS_PER_LIST = 50

/**
 * The threads that a member is subscribed to, the newest first, from a thread on.
 * @param removed whether they may see those that were removed, too.
 */
export const threadsOf = (database: Database, memberId: number, before: number, removed: boolean) =>
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
