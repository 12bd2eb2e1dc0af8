import type { Transaction } from '../../platform/database/database.ts'
import type { ActKind } from '../../schema/enums.ts'
import { acts } from '../../schema/moderation.ts'

/** Something that a moderator or an admin has done, for the log. */
export interface Act {
  kind: ActKind
  /** Null: somebody at the command line, or a job. */
  by: number | null
  thread?: number
  post?: number
  member?: number
  board?: number
  /** The case that it decides. */
  caseId?: number
  reason?: string | null
  /** What it changed, from what to what, in small values that the log can show. */
  before?: unknown
  after?: unknown
}

/** Writes an act into the log, in the transaction that does it: there is no act without its line, and no line without its act. */
export async function recordAct(transaction: Transaction, act: Act): Promise<void> {
  const { kind, by, thread, post, member, board, caseId, reason = null, before, after } = act
  await transaction.insert(acts).values({
    kind,
    byId: by,
    threadId: thread ?? null,
    postId: post ?? null,
    memberId: member ?? null,
    boardId: board ?? null,
    caseId: caseId ?? null,
    reason,
    before,
    after,
  })
}
