import { sql } from 'drizzle-orm'
import type { Database } from '../../platform/database/database.ts'

const MOST_SHOWN = 8
/** The view does not exist; its module was not loaded at the start; this database user may not read it. */
const NOT_THERE = ['42P01', '55000', '42501']

/** PostgreSQL's numbers for one statement, whose text has placeholders instead of values. */
export interface SlowStatement extends Record<string, unknown> {
  text: string
  calls: number
  /** In milliseconds: for one call on average, and for all calls. */
  mean: number
  total: number
}

/**
 * The statements that took the most time in total, from PostgreSQL's module `pg_stat_statements`; null without the
 * module. Leaves out texts with a literal, which the module sometimes keeps: it may be what somebody wrote.
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
