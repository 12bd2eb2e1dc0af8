import { type Placeholder, type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '../database/database.ts'
import type { Forum } from '../forum.ts'
import { type Announcement, CHANNEL } from './bus.ts'

/** Tells of an event once the transaction commits, and never if it does not. */
export type Announce = (event: Announcement) => Promise<void>

/**
 * One transaction, with what there is to tell of it. Other processes hear of it from the database when it commits; this
 * one before the change is acknowledged, so that whoever made it does not read an older page here.
 */
export async function change<Result>(
  { database, bus }: Pick<Forum, 'database' | 'bus'>,
  act: (transaction: Transaction, announce: Announce) => Promise<Result>,
): Promise<Result> {
  const announced: Announcement[] = []
  const result = await database.transaction((transaction) =>
    act(transaction, async (event) => {
      announced.push(event)
      await transaction.execute(sql`select ${announcement(sql`${JSON.stringify(event)}::jsonb`, bus.id)}`)
    }),
  )
  for (const event of announced) bus.tellHere(event)
  return result
}

/** The announcement of an event, given as JSON, by a process, as a piece of a longer statement. */
export const announcement = (event: SQL, from: string | Placeholder): SQL =>
  sql`pg_notify('${sql.raw(CHANNEL)}', (${event} || jsonb_build_object('from', ${from}::text))::text)`
