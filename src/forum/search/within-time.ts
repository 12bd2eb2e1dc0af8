import { sql } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'
import { postgresError } from '../../platform/database/unwrapped.ts'
import type { Forum } from '../forum.ts'

/** After this time a search gives up, and the page asks to narrow it down. */
export const LONGEST_MILLISECONDS = 2_000

/** PostgreSQL's code for a statement that took too long (appendix A). */
const QUERY_CANCELED = '57014'

/** Sets the time limit of each following statement in the transaction. */
export async function giveUpAfter(transaction: Transaction, milliseconds: number): Promise<void> {
  await transaction.execute(sql.raw(`set local statement_timeout = ${Math.max(1, Math.floor(milliseconds))}`))
}

/** Runs a search on a connection with a time limit of two seconds for a statement. Answers null after the limit. */
export async function searching<Result>(
  { database }: Forum,
  act: (transaction: Transaction) => Promise<Result>,
): Promise<Result | null> {
  const search = async (transaction: Transaction) => {
    await giveUpAfter(transaction, LONGEST_MILLISECONDS)
    // The planner may scan the table until it finds a row. When no row matches, that reads all of it.
    await transaction.execute(sql`set local enable_seqscan = off`)
    // Leaves the other processors to people who post.
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
