import { sql } from 'drizzle-orm'
import type { Database } from './database.ts'

/**
 * What time it is by the clock of this machine or by the database's, whichever is earlier: where one of them runs ahead,
 * nothing is deleted before its time.
 */
export async function earlierClock(database: Database): Promise<Date> {
  const { rows } = await database.execute<{ now: number }>(
    sql`select extract(epoch from clock_timestamp())::float8 * 1000 as now`,
  )
  return new Date(Math.min(Date.now(), rows[0]?.now ?? Date.now()))
}
