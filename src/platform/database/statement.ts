import { createHash } from 'node:crypto'
import { fillPlaceholders, type SQL } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'
import type { QueryResultRow } from 'pg'
import type { Database, Transaction } from './database.ts'

const dialect = new PgDialect()

/**
 * A statement that is clearer as SQL, with placeholders for its values. Its name is made of its text, so that PostgreSQL
 * plans it once for each connection, and no two statements share a name. `bigint` comes out as a number.
 */
export function statement<Row extends QueryResultRow>(
  written: SQL,
): (database: Database, values: Record<string, unknown>) => Promise<Row[]> {
  const { sql: text, params } = dialect.sqlToQuery(written)
  const name = createHash('sha256').update(text).digest('base64url').slice(0, 22)
  return async (database, values) => {
    const { rows } = await database.$client.query<Row>({ name, text, values: fillPlaceholders(params, values) })
    return rows
  }
}

/** Executes what has placeholders within a transaction, where it is not asked often enough to be prepared. */
export async function executeWith(
  transaction: Transaction,
  written: SQL,
  values: Record<string, unknown>,
): Promise<void> {
  const query = dialect.sqlToQuery(written)
  const filled = { ...query, params: fillPlaceholders(query.params, values) }
  await transaction._.session.prepareQuery(filled, undefined, undefined, false).execute()
}
