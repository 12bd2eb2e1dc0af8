import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { type Announced, announcement, type Bus } from '../live/bus.ts'
import type { Database, Transaction } from './database.ts'
import { retryConflicts } from './retry-conflicts.ts'

/** Tells of an event once the transaction commits, and never if it does not. */
export type Announce<Event extends Announced> = (event: Event) => Promise<void>

/**
 * One transaction, with what there is to tell of it. Other processes hear of it from the carrier when it commits; this
 * one before the change is acknowledged, so that whoever made it does not read an older page here. Where it meets with
 * another transaction (a deadlock, say) PostgreSQL undoes it, and all of `act` is done again.
 */
export async function inTransaction<Event extends Announced, Result>(
  { database, bus }: { database: Database; bus: Pick<Bus<Event>, 'announce' | 'inDatabase'> },
  act: (transaction: Transaction, announce: Announce<Event>) => Promise<Result>,
): Promise<Result> {
  let announced: [event: Event, name: string][] = []
  const result = await retryConflicts(() => {
    announced = []
    return database.transaction((transaction) =>
      act(transaction, async (event) => {
        const name = randomUUID()
        announced.push([event, name])
        if (!bus.inDatabase) return
        await transaction.execute(sql`select ${announcement(sql`${JSON.stringify(event)}::jsonb`, name)}`)
      }),
    )
  })
  // In their order, and at once: where the carrier hangs, each of a hundred would wait for it by itself.
  await Promise.all(announced.map(([event, name]) => bus.announce(event, name)))
  return result
}
