import { inArray, sql } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'
import type { Board } from './catalogue.ts'
import { boards, crossings } from './schema.ts'

export interface CrossingKey {
  cityId: number
  technologyId: number
}

/**
 * Counts a new thread in the boards it stands in and in each crossing of them; answers those crossings. Rows are
 * taken in the order of their keys, and not from those who merely refer to them, so that two threads at once wait
 * for each other instead of both failing.
 */
export async function countThread(transaction: Transaction, stoodIn: readonly Board[]): Promise<CrossingKey[]> {
  const ids = stoodIn.map(({ id }) => id)
  await transaction
    .select({ id: boards.id })
    .from(boards)
    .where(inArray(boards.id, ids))
    .orderBy(boards.id)
    .for('no key update')
  await transaction
    .update(boards)
    .set({ threadCount: sql`${boards.threadCount} + 1` })
    .where(inArray(boards.id, ids))
  const crossed = crossingsBetween(stoodIn)
  if (crossed.length === 0) return []
  await transaction
    .insert(crossings)
    .values(crossed.map((crossing) => ({ ...crossing, threadCount: 1 })))
    .onConflictDoUpdate({
      target: [crossings.cityId, crossings.technologyId],
      set: { threadCount: sql`${crossings.threadCount} + 1` },
    })
  return crossed
}

/** Every city with every technology among some boards, in the order of their keys. */
function crossingsBetween(stoodIn: readonly Board[]): CrossingKey[] {
  const inOrder = [...stoodIn].sort((one, other) => one.id - other.id)
  const technologies = inOrder.filter(({ kind }) => kind === 'technology')
  return inOrder
    .filter(({ kind }) => kind === 'city')
    .flatMap((city) => technologies.map((technology) => ({ cityId: city.id, technologyId: technology.id })))
}
