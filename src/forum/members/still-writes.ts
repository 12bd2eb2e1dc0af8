import { type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'
import { notAllowed } from '../../platform/problem.ts'

/**
 * A query that answers a row if a member may still write. Rendering a long text takes a second or two, and a member who
 * is banned meanwhile would otherwise publish it. Locks their row until the commit, so that a ban waits, and sees the
 * new post. Reads only the locked row: after waiting for a ban, PostgreSQL reads that row again, but not the results of
 * subqueries (its chapter 13.2.1).
 */
export const heldWriter = (member: SQL): SQL => sql`
    select from members
    where members.id = ${member} and members.banned_at is null
      and (members.silenced_until is null or members.silenced_until <= now())
    for share`

/** Checks the same in a transaction. @throws Problem 403 */
export async function mustStillWrite(transaction: Transaction, member: number): Promise<void> {
  const { rows } = await transaction.execute(heldWriter(sql`${member}`))
  if (rows.length === 0) throw notAllowed('accounts.not_any_more')
}
