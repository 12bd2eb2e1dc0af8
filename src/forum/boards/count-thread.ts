import { inArray, sql } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'
import { conflict } from '../../platform/problem.ts'
import { boards, crossings } from '../../schema/boards.ts'
import type { Board } from './catalogue.ts'

export interface CrossingKey {
  cityId: number
  technologyId: number
}

/**
 * Locks boards in id order, so that two transactions cannot deadlock. A verb that changes several boards or crossings
 * must call this once, before anything else, with all of them. `no key update` leaves foreign-key checks unblocked.
 * @throws Problem 409 when one was just merged into another.
 */
export async function lockBoards(transaction: Transaction, ids: readonly number[]): Promise<void> {
  const locked = await transaction
    .select({ id: boards.id })
    .from(boards)
    .where(inArray(boards.id, [...ids]))
    .orderBy(boards.id)
    .for('no key update')
  if (locked.length < new Set(ids).size) throw conflict('boards.merged_meanwhile')
}

/** Adds a thread to the counts of its boards and crossings (1), or removes it (-1). Answers the crossings. */
export async function countThread(
  transaction: Transaction,
  listedIn: readonly Board[],
  by: 1 | -1,
): Promise<CrossingKey[]> {
  const ids = listedIn.map(({ id }) => id)
  await lockBoards(transaction, ids)
  await transaction
    .update(boards)
    .set({ threadCount: sql`${boards.threadCount} + ${by}::int` })
    .where(inArray(boards.id, ids))
  const crossed = crossingsBetween(listedIn)
  if (crossed.length === 0) return []
  await transaction
    .insert(crossings)
    .values(crossed.map((crossing) => ({ ...crossing, threadCount: Math.max(0, by) })))
    .onConflictDoUpdate({
      target: [crossings.cityId, crossings.technologyId],
      set: { threadCount: sql`${crossings.threadCount} + ${by}::int` },
    })
  return crossed
}

/** All crossings between some boards, in the order of their keys. */
function crossingsBetween(listedIn: readonly Board[]): CrossingKey[] {
  const inOrder = [...listedIn].sort((one, other) => one.id - other.id)
  const technologies = inOrder.filter(({ kind }) => kind === 'technology')
  return inOrder
    .filter(({ kind }) => kind === 'city')
    .flatMap((city) => technologies.map((technology) => ({ cityId: city.id, technologyId: technology.id })))
}
