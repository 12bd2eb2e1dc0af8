import type { Transaction } from '../../platform/database/database.ts'
import type { ActKind } from '../../schema/enums.ts'
import { acts } from '../../schema/moderation.ts'

/** An act of a moderator or admin, for the log. */
export interface Act {
  kind: ActKind
  /** Null for the command line, or a job. */
  by: number | null
  thread?: number
  post?: number
  member?: number
  board?: number
  /** The case that it decides. */
  caseId?: number
  reason?: string | null
  /** The values before and after, small enough for the log. */
  before?: unknown
  after?: unknown
}

/** Logs an act in its own transaction, so that neither exists without the other. */
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
