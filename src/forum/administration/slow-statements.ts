import { sql } from 'drizzle-orm'
import type { Database } from '../../platform/database/database.ts'

const MOST_SHOWN = 8
/** The view is not there; its module was not loaded at the start; this user may not read it. */
const NOT_THERE = ['42P01', '55000', '42501']

/** What PostgreSQL has counted of one statement: its text has numbers in place of all values. */
export interface SlowStatement extends Record<string, unknown> {
  text: string
  calls: number
  /** Milliseconds, of one call on average and of all together. */
  mean: number
  total: number
}

/**
 * The statements that have taken most time together, where PostgreSQL counts them by its module `pg_stat_statements`; null
 * where it does not. A text with a literal, which the module leaves in now and then, may hold a person's words: it is left out.
 */
export async function slowStatements(database: Database): Promise<SlowStatement[] | null> {
  try {
    const { rows } = await database.execute<SlowStatement>(sql`
      select query as text, calls::float8 as calls, mean_exec_time as mean, total_exec_time as total
      from pg_stat_statements
      where dbid = (select oid from pg_database where datname = current_database())
        and query ~* '^\\s*(select|insert|update|delete|with)\\M' and position('''' in query) = 0
      order by total_exec_time desc limit ${MOST_SHOWN}`)
    return rows
  } catch (error) {
    const code = Object(Object(error).cause ?? error).code
    if (NOT_THERE.includes(String(code))) return null
    throw error
  }
}
