import { eq } from 'drizzle-orm'
import { acts } from '../../schema/moderation.ts'
import type { BoardChange, MergedBoards } from '../boards/steps.ts'
import type { Step } from '../step.ts'
import { recordAct } from './record-act.ts'

/** What admins do with boards stands in the log. */
export const logBoardChange: Step<BoardChange> = async (transaction, { kind, board, by, before, after }) =>
  recordAct(transaction, { kind: `board_${kind}`, board, by, before, after })

/** What was done with a board was done with the one that it becomes part of. */
export const logOfMergedBoard: Step<MergedBoards> = async (transaction, { from, into }) => {
  await transaction.update(acts).set({ boardId: into }).where(eq(acts.boardId, from))
}
