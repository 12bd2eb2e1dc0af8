import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import { unreachable } from './unreachable.ts'

/** Drizzle over one pool of connections; `$client` is that pool. */
export type Database = NodePgDatabase & { $client: pg.Pool }
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0]

/** Identity keys stay far below 2^53, so numbers hold them exactly. */
pg.types.setTypeParser(pg.types.builtins.INT8, Number)

/**
 * Queries of pages look up some dozens of rows, hardly any of them twice: to keep them for a second time (Memoize) costs a
 * tenth of such a query, and only in larger forums is it planned.
 */
const PLANNING = '-c enable_memoize=off'

/**
 * Opens the pool and makes sure that the server answers.
 * @throws OperatorError when it does not.
 */
export async function openDatabase(url: string, connections: number): Promise<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 15_000,
    idle_in_transaction_session_timeout: 15_000,
    application_name: 'contrechamp',
    options: PLANNING,
  })
  // A connection that breaks is replaced by the pool, and the query on it fails by itself; without these listeners
  // it would end the process.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  try {
    await pool.query('select 1')
  } catch (error) {
    await pool.end()
    throw unreachable(error)
  }
  return drizzle(pool)
}

/** Whether a write failed because a row with the same key, in the index of that name, was there already. */
export function isUniqueViolation(error: unknown, index: string): boolean {
  const origin = error instanceof Error && error.cause instanceof Error ? error.cause : error
  return origin instanceof pg.DatabaseError && origin.code === '23505' && origin.constraint === index
}
