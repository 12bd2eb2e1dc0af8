import { asc, eq } from 'drizzle-orm'
import type { Database } from '../../platform/database/database.ts'
import { boards } from '../../schema/boards.ts'

/** All columns of all boards, archived ones too, in their order. */
export const everyBoard = (database: Database) =>
  database.select().from(boards).orderBy(asc(boards.kind), asc(boards.position), asc(boards.id))

/** All columns of one board; null for an unknown id. */
export async function wholeBoard(database: Database, id: number) {
  const [board] = await database.select().from(boards).where(eq(boards.id, id))
  return board ?? null
}
