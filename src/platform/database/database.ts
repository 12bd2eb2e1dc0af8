import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import { PATIENCE, PLANNING, Pool } from './pool.ts'
import { unreachable } from './unreachable.ts'
import { postgresError } from './unwrapped.ts'

/** Drizzle over one pool of connections; `$client` is that pool. */
export type Database = NodePgDatabase & { $client: Pool }
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0]

/**
 * Opens the pool and makes sure that the server answers.
 * @throws OperatorError when it does not.
 */
export async function openDatabase(url: string, connections: number, patience = PATIENCE): Promise<Database> {
  const pool = new Pool(
    { connectionString: url, max: connections, application_name: 'contrechamp', options: PLANNING },
    patience,
  )
  try {
    await pool.query('select 1')
  } catch (error) {
    await pool.end()
    throw unreachable(error)
  }
  const database = drizzle(pool)
  database.transaction = transactionOn(pool)
  return database
}

/**
 * Drizzle's own loses the connection for ever where `begin` fails, and gives a broken one back to the pool. A connection
 * that is still in a transaction, because even `rollback` failed, is broken.
 */
const transactionOn =
  (pool: Pool): Database['transaction'] =>
  (act, config) => {
    const actOn = async (place: Pool) => {
      const client = await place.connect()
      try {
        return await drizzle(client).transaction(act, config)
      } finally {
        client.release(client.getTransactionStatus() !== 'I')
      }
    }
    return config?.accessMode === 'read only' ? pool.readsTogether(actOn) : actOn(pool)
  }

/** Whether a write failed because a row with the same key, in the index of that name, was there already. */
export function isUniqueViolation(error: unknown, index: string): boolean {
  const refusal = postgresError(error)
  return refusal?.code === '23505' && refusal.constraint === index
}

/** Whether a statement failed because what it refers to is not there any more. */
export const isForeignKeyViolation = (error: unknown): boolean => postgresError(error)?.code === '23503'
