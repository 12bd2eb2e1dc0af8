import { sql } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'
import { MOST_MENTIONS } from './render-body.ts'

/**
 * How many more members a post may mention. The limit is for all versions together, so that nobody notifies the whole
 * forum by editing one post again and again.
 */
export async function mentionsLeft(transaction: Transaction, thread: number, number: number): Promise<number> {
  const { rows } = await transaction.execute<{ left: number }>(sql`
    select greatest(0, ${MOST_MENTIONS}::int - called_count) as left
    from posts where thread_id = ${thread} and number = ${number} for update`)
  return rows[0]?.left ?? 0
}

/** Counts the members whom an edit mentions. */
export async function countMentions(
  transaction: Transaction,
  thread: number,
  number: number,
  called: number,
): Promise<void> {
  await transaction.execute(sql`
    update posts set called_count = called_count + ${called} where thread_id = ${thread} and number = ${number}`)
}
