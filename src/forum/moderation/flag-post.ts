import { and, eq, isNull, lte, or } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'
import { inTransaction } from '../../platform/database/in-transaction.ts'
import { notAllowed, notFound } from '../../platform/problem.ts'
import { takeAttempt } from '../../platform/rate-limits/rate-limits.ts'
import type { FlagReason } from '../../schema/enums.ts'
import { cases, flags } from '../../schema/moderation.ts'
import { posts } from '../../schema/posts.ts'
import { findPost } from '../discussion/find-post.ts'
import type { StandingPost } from '../discussion/post-in-thread.ts'
import type { Forum } from '../forum.ts'
import { type Actor, mayFlag, mayWrite, whyNotWrite } from '../members/permissions.ts'
import { runSteps } from '../step.ts'
import { countFlag, openCase } from './open-case.ts'

const FLAGS = { action: 'flag', most: 20, seconds: 3_600 }

export interface Flag {
  post: number
  member: Actor
  reason: FlagReason
  note: string
}

/**
 * The post that a member is about to flag. @throws Problem 404 when it cannot be read; 403 for their own, and for a
 * member who may not write.
 */
export async function flaggablePost(forum: Forum, id: number, member: Actor): Promise<StandingPost> {
  const post = await findPost(forum, id, member)
  if (post.deletedAt !== null) throw notFound('posts.not_found')
  if (!mayWrite(member)) throw notAllowed(whyNotWrite(member))
  if (!mayFlag(member, post)) throw notAllowed('flags.own')
  return post
}

/**
 * Flags a post. All flags of a post make one case. A second flag by the same member changes nothing, unless the post was
 * edited after the decision. Flags alone never hide a post.
 * @throws Problem 403 and 404 as `flaggablePost`; 429 for flagging too often.
 */
export async function flagPost(forum: Forum, { post: id, member, reason, note }: Flag): Promise<StandingPost> {
  await takeAttempt(forum, FLAGS, String(member.id))
  const post = await flaggablePost(forum, id, member)
  await inTransaction(forum, async (transaction, announce) => {
    if (await hasFlagged(transaction, id, member.id)) return
    const caseId = await openCase(transaction, announce, { kind: 'flagged', post: id, member: post.authorId })
    const added = await transaction
      .insert(flags)
      .values({ caseId, postId: id, memberId: member.id, reason, note })
      .onConflictDoNothing()
      .returning({ id: flags.id })
    if (added.length === 0) return
    await countFlag(transaction, caseId)
    await runSteps(forum.steps.postFlagged, transaction, post)
  })
  return post
}

/**
 * Whether a member's earlier flag still counts. Not if the post was edited after the decision, because it may be worse
 * now.
 */
async function hasFlagged(transaction: Transaction, post: number, member: number): Promise<boolean> {
  const earlier = await transaction
    .select({ id: flags.id })
    .from(flags)
    .innerJoin(cases, eq(cases.id, flags.caseId))
    .innerJoin(posts, eq(posts.id, flags.postId))
    .where(
      and(
        eq(flags.postId, post),
        eq(flags.memberId, member),
        or(isNull(cases.closedAt), isNull(posts.editedAt), lte(posts.editedAt, cases.closedAt)),
      ),
    )
    .limit(1)
  return earlier.length > 0
}
