import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'
import { notAllowed } from '../../platform/problem.ts'
import { members } from '../../schema/members.ts'
import { cases } from '../../schema/moderation.ts'
import type { PostChange } from '../discussion/steps.ts'
import { mayAdminister } from '../members/permissions.ts'
import type { Step } from '../step.ts'

const DECISIONS = { approved: 'approve', refused: 'hide', withdrawn: 'dismiss', erased: 'remove' } as const

/**
 * Closes the case of a held post when its waiting ends, also in the thread or by its author.
 * @throws Problem 403 for a moderator when the case was left to admins.
 */
export const settleHeldCase: Step<PostChange> = async (transaction, change) => {
  const { kind, post } = change
  if (kind === 'edited' || kind === 'deleted' || kind === 'restored') return
  const decided = DECISIONS[kind]
  const by = 'by' in change ? { decidedBy: change.by, statement: change.reason } : { decidedBy: post.authorId }
  const [settled] = await transaction
    .update(cases)
    .set({ closedAt: new Date(), decision: decided, ...by })
    .where(and(eq(cases.postId, post.id), eq(cases.kind, 'held'), isNull(cases.closedAt)))
    .returning({ isForAdmins: sql<boolean>`${cases.escalatedAt} is not null` })
  if (settled?.isForAdmins && (kind === 'approved' || kind === 'refused')) await mustBeAdmin(transaction, change.by)
}

async function mustBeAdmin(transaction: Transaction, id: number): Promise<void> {
  const [actor] = await transaction
    .select({ id: members.id, role: members.role })
    .from(members)
    .where(eq(members.id, id))
  if (!mayAdminister(actor ?? null)) throw notAllowed('cases.for_admins')
}
