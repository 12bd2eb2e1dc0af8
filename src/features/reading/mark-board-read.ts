import { sql } from 'drizzle-orm'
import type { Forum } from '../../platform/forum.ts'
import { boardReads } from './schema.ts'

/** Declares everything that has been written in a board until now read. */
export async function markBoardRead({ database }: Forum, memberId: number, boardId: number): Promise<void> {
  await database
    .insert(boardReads)
    .values({ memberId, boardId, readAt: sql`now()` })
    .onConflictDoUpdate({ target: [boardReads.memberId, boardReads.boardId], set: { readAt: sql`excluded.read_at` } })
}
