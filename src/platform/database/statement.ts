import { fillPlaceholders, type SQL } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'
import type { QueryResultRow } from 'pg'
import type { Database } from './database.ts'

const dialect = new PgDialect()

/**
 * A statement that is clearer as SQL, with placeholders for its values. It has a name, so that PostgreSQL plans it
 * once for each connection; `bigint` comes out as a number.
 */
export function statement<Row extends QueryResultRow>(
  name: string,
  written: SQL,
): (database: Database, values: Record<string, unknown>) => Promise<Row[]> {
  const { sql: text, params } = dialect.sqlToQuery(written)
  return async (database, values) => {
    const { rows } = await database.$client.query<Row>({ name, text, values: fillPlaceholders(params, values) })
    return rows
  }
}
