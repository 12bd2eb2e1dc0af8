import { sql } from 'drizzle-orm'
import type { Database } from '../../platform/database/database.ts'
import { prepared } from '../../platform/database/prepared.ts'
import type { Worded } from '../../platform/text/i18n/worded.ts'
import { boards, crossings } from '../../schema/boards.ts'
import { crossingThreads } from '../../schema/threads.ts'

export interface Crossing {
  cityId: number
  technologyId: number
  /** What is known of it, before any thread. */
  note: Worded | null
  threadCount: number
  /** When somebody last wrote there; null where nobody has. */
  activeAt: Date | null
}

const lastActivity = sql<Date | null>`(
  select active_at from crossing_threads
  where crossing_threads.city_id = crossings.city_id and crossing_threads.technology_id = crossings.technology_id
  order by active_at desc, thread_id desc limit 1
)`.mapWith(crossingThreads.activeAt)

const crossingMap = prepared((database) =>
  database
    .select({
      cityId: crossings.cityId,
      technologyId: crossings.technologyId,
      note: crossings.note,
      threadCount: crossings.threadCount,
      activeAt: lastActivity,
    })
    .from(crossings)
    .prepare('crossing_map'),
)

/** Every crossing where a thread stands or something is known. */
export const everyCrossing = (database: Database): Promise<Crossing[]> => crossingMap(database).execute()

const countOfEach = prepared((database) =>
  database.select({ id: boards.id, threadCount: boards.threadCount }).from(boards).prepare('board_counts'),
)

/** How many threads stand in each board, by the board's id. */
export async function threadCounts(database: Database): Promise<Map<number, number>> {
  const counts = await countOfEach(database).execute()
  return new Map(counts.map(({ id, threadCount }) => [id, threadCount]))
}
