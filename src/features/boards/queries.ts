import { and, eq, or, sql } from 'drizzle-orm'
import type { Database } from '../../platform/database/database.ts'
import { prepared } from '../../platform/database/prepared.ts'
import type { Worded } from '../../platform/i18n/worded.ts'
import { crossingThreads } from '../threads/schema.ts'
import { boards, crossings } from './schema.ts'

export interface Crossing {
  cityId: number
  technologyId: number
  /** What is known of it, before any thread. */
  note: Worded | null
  threadCount: number
}

const columns = {
  cityId: crossings.cityId,
  technologyId: crossings.technologyId,
  note: crossings.note,
  threadCount: crossings.threadCount,
}

const everyCrossing = prepared((database) => database.select(columns).from(crossings).prepare('every_crossing'))

/** Every crossing where a thread stands or something is known. */
export const allCrossings = (database: Database): Promise<Crossing[]> => everyCrossing(database).execute()

/** A crossing on the map of the forum, with when somebody last wrote there; null where nobody has. */
export interface MappedCrossing extends Crossing {
  activeAt: Date | null
}

const lastActivity = sql<Date | null>`(
  select active_at from crossing_threads
  where crossing_threads.city_id = crossings.city_id and crossing_threads.technology_id = crossings.technology_id
  order by active_at desc, thread_id desc limit 1
)`.mapWith(crossingThreads.activeAt)

const crossingMap = prepared((database) =>
  database
    .select({ ...columns, activeAt: lastActivity })
    .from(crossings)
    .prepare('crossing_map'),
)

/** Every crossing where a thread stands or something is known, for the map on the home page. */
export const mappedCrossings = (database: Database): Promise<MappedCrossing[]> => crossingMap(database).execute()

const crossingsWith = prepared((database) =>
  database
    .select(columns)
    .from(crossings)
    .where(or(eq(crossings.cityId, sql.placeholder('board')), eq(crossings.technologyId, sql.placeholder('board'))))
    .prepare('crossings_with'),
)

/** The crossings that one board is part of. */
export const crossingsOf = (database: Database, board: number): Promise<Crossing[]> =>
  crossingsWith(database).execute({ board })

const oneCrossing = prepared((database) =>
  database
    .select(columns)
    .from(crossings)
    .where(
      and(eq(crossings.cityId, sql.placeholder('city')), eq(crossings.technologyId, sql.placeholder('technology'))),
    )
    .prepare('one_crossing'),
)

/** A city and a technology together; null where there is neither a thread nor anything known. */
export async function crossingBetween(database: Database, city: number, technology: number): Promise<Crossing | null> {
  const [crossing] = await oneCrossing(database).execute({ city, technology })
  return crossing ?? null
}

const countOfEach = prepared((database) =>
  database.select({ id: boards.id, threadCount: boards.threadCount }).from(boards).prepare('board_counts'),
)

/** How many threads stand in each board, by the board's id. */
export async function threadCounts(database: Database): Promise<Map<number, number>> {
  const counts = await countOfEach(database).execute()
  return new Map(counts.map(({ id, threadCount }) => [id, threadCount]))
}
