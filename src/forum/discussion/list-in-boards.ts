import { eq, type SQL } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'
import { crossingThreads, threadBoards } from '../../schema/threads.ts'
import type { Board } from '../boards/catalogue.ts'
import { countThread } from '../boards/count-thread.ts'

/** Lists a thread in boards and their crossings, at the place of its last activity. */
export async function listInBoards(
  transaction: Transaction,
  threadId: number,
  boards: readonly Board[],
  activeAt: SQL,
): Promise<void> {
  const crossed = await countThread(transaction, boards, 1)
  await transaction.insert(threadBoards).values(boards.map(({ id }) => ({ boardId: id, threadId, activeAt })))
  if (crossed.length === 0) return
  await transaction.insert(crossingThreads).values(crossed.map((crossing) => ({ ...crossing, threadId, activeAt })))
}

/** Removes a thread from all lists. */
export async function unlistFromBoards(
  transaction: Transaction,
  threadId: number,
  boards: readonly Board[],
): Promise<void> {
  await countThread(transaction, boards, -1)
  await transaction.delete(threadBoards).where(eq(threadBoards.threadId, threadId))
  await transaction.delete(crossingThreads).where(eq(crossingThreads.threadId, threadId))
}
