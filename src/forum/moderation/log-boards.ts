import { eq } from 'drizzle-orm'
import { acts } from '../../schema/moderation.ts'
import type { BoardChange, MergedBoards } from '../boards/steps.ts'
import type { Step } from '../step.ts'
import { recordAct } from './record-act.ts'

/** Logs what admins do with boards. */
export const logBoardChange: Step<BoardChange> = async (transaction, { kind, board, by, before, after }) =>
  recordAct(transaction, { kind: `board_${kind}`, board, by, before, after })

/** Moves log entries of a merged board to the other one. */
export const logOfMergedBoard: Step<MergedBoards> = async (transaction, { from, into }) => {
  await transaction.update(acts).set({ boardId: into }).where(eq(acts.boardId, from))
}
