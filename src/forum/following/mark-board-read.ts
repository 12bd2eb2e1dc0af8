import { sql } from 'drizzle-orm'
import { boardReads } from '../../schema/reading.ts'
import { orMergedMeanwhile } from '../boards/merged-meanwhile.ts'
import type { Forum } from '../forum.ts'

/** Marks everything in a board as read up to now. */
export async function markBoardRead({ database }: Forum, memberId: number, boardId: number): Promise<void> {
  await database
    .insert(boardReads)
    .values({ memberId, boardId, readAt: sql`now()` })
    .onConflictDoUpdate({ target: [boardReads.memberId, boardReads.boardId], set: { readAt: sql`excluded.read_at` } })
    .catch(orMergedMeanwhile)
}
