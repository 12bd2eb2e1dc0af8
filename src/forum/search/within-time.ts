import { sql } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'
import { postgresError } from '../../platform/database/unwrapped.ts'
import type { Forum } from '../forum.ts'

/** No search takes longer in the database: then it is asked to be narrowed down. */
export const LONGEST_MILLISECONDS = 2_000

/** In PostgreSQL's appendix A: what a statement ends with that has taken too long. */
const QUERY_CANCELED = '57014'

/** Gives up each statement of a search that takes longer, from here on. */
export async function giveUpAfter(transaction: Transaction, milliseconds: number): Promise<void> {
  await transaction.execute(sql.raw(`set local statement_timeout = ${Math.max(1, Math.floor(milliseconds))}`))
}

/** Runs a search on a connection that gives up what takes longer than two seconds. Answers null where it has given up. */
export async function searching<Result>(
  { database }: Forum,
  act: (transaction: Transaction) => Promise<Result>,
): Promise<Result | null> {
  const search = async (transaction: Transaction) => {
    await giveUpAfter(transaction, LONGEST_MILLISECONDS)
    // The planner likes to scan the table until it finds a row. Where no row fits, that reads all of it.
    await transaction.execute(sql`set local enable_seqscan = off`)
    // Whoever posts needs the processors too.
    await transaction.execute(sql`set local max_parallel_workers_per_gather = 0`)
    return act(transaction)
  }
  try {
    return await database.transaction(search, { accessMode: 'read only' })
  } catch (error) {
    if (postgresError(error)?.code === QUERY_CANCELED) return null
    throw error
  }
}
