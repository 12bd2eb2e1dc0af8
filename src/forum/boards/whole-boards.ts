import { asc, eq } from 'drizzle-orm'
import type { Database } from '../../platform/database/database.ts'
import { boards } from '../../schema/boards.ts'

/** All of every board, archived ones too, in the order in which they are shown. */
export const everyBoard = (database: Database) =>
  database.select().from(boards).orderBy(asc(boards.kind), asc(boards.position), asc(boards.id))

/** All of one board; null where there is none. */
export async function wholeBoard(database: Database, id: number) {
  const [board] = await database.select().from(boards).where(eq(boards.id, id))
  return board ?? null
}
