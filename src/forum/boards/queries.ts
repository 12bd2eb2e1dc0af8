import { sql } from 'drizzle-orm'
import type { Database } from '../../platform/database/database.ts'
import { statement } from '../../platform/database/statement.ts'
import type { Worded } from '../../platform/text/i18n/worded.ts'

export interface Crossing {
  cityId: number
  technologyId: number
  /** What is known about it, also without any thread. */
  note: Worded | null
  threadCount: number
  /** When somebody last posted there; null for never. */
  activeAt: Date | null
}

const crossingMap = statement<Crossing>(sql`
    select city_id as "cityId", technology_id as "technologyId", note, thread_count as "threadCount", (
      select active_at from crossing_threads
      where crossing_threads.city_id = crossings.city_id and crossing_threads.technology_id = crossings.technology_id
      order by active_at desc, thread_id desc limit 1
    ) as "activeAt"
    from crossings`)

/** All crossings with a thread or a note. */
export const everyCrossing = (database: Database): Promise<Crossing[]> => crossingMap(database, {})

const countOfEach = statement<{ id: number; threadCount: number }>(sql`
    select id, thread_count as "threadCount" from boards`)

/** The number of threads in each board, by board id. */
export async function threadCounts(database: Database): Promise<Map<number, number>> {
  const counts = await countOfEach(database, {})
  return new Map(counts.map(({ id, threadCount }) => [id, threadCount]))
}
