import { type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'
import { notAllowed } from '../../platform/problem.ts'

/**
 * Whether somebody who was let in a moment ago may still write, as a query that answers a row if so: to render a long text
 * takes a second or two, and who is banned meanwhile would else have the last word. Their row is held until the commit: who
 * bans them waits for what is being written, and sees it. It asks of the row that it locks: once it has waited for a ban,
 * PostgreSQL looks at that row anew, but at no other query within (its chapter 13.2.1).
 */
export const heldWriter = (member: SQL): SQL => sql`
    select from members
    where members.id = ${member} and members.banned_at is null
      and (members.silenced_until is null or members.silenced_until <= now())
    for share`

/** The same inside a transaction. @throws Problem 403 */
export async function mustStillWrite(transaction: Transaction, member: number): Promise<void> {
  const { rows } = await transaction.execute(heldWriter(sql`${member}`))
  if (rows.length === 0) throw notAllowed('accounts.not_any_more')
}
