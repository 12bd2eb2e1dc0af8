import { and, eq, isNull } from 'drizzle-orm'
import { cases } from '../../schema/moderation.ts'
import type { PostChange } from '../discussion/steps.ts'
import type { Step } from '../step.ts'

const DECISIONS = { approved: 'approve', refused: 'hide', withdrawn: 'dismiss', erased: 'remove' } as const

/** However the waiting of a post ends, its case ends with it: in the thread too, or by its author. */
export const settleHeldCase: Step<PostChange> = async (transaction, change) => {
  const { kind, post } = change
  if (kind === 'edited' || kind === 'deleted' || kind === 'restored') return
  const decided = DECISIONS[kind]
  const by = 'by' in change ? { decidedBy: change.by, statement: change.reason } : { decidedBy: post.authorId }
  await transaction
    .update(cases)
    .set({ closedAt: new Date(), decision: decided, ...by })
    .where(and(eq(cases.postId, post.id), eq(cases.kind, 'held'), isNull(cases.closedAt)))
}
