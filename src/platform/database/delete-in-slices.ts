import { type SQL, sql } from 'drizzle-orm'
import type { Database } from './database.ts'

const ROWS_AT_ONCE = 10_000

/**
 * Deletes rows of a table that has an `id`, some at a time: after a long time without it, one statement for all of them would be
 * ended before it is done, each night again.
 */
export async function deleteInSlices(database: Database, table: string, where: SQL): Promise<void> {
  const name = sql.identifier(table)
  for (;;) {
    const { rowCount } = await database.execute(sql`
      delete from ${name} where id in (select id from ${name} where ${where} order by id limit ${ROWS_AT_ONCE})`)
    if ((rowCount ?? 0) < ROWS_AT_ONCE) return
  }
}
