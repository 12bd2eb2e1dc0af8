import { asc, eq } from 'drizzle-orm'
import { numberedPostsPath } from '../../paths.ts'
import type { Transaction } from '../../platform/database/database.ts'
import { flags } from '../../schema/moderation.ts'
import type { PostInThread } from '../discussion/post-in-thread.ts'
import { type Announce, memberEvent } from '../events.ts'
import type { Forum } from '../forum.ts'
import { runSteps } from '../step.ts'

/** Tells those who flagged a post that moderators have decided. Not what, which is between moderators and the author. */
export async function tellFlaggers(
  forum: Forum,
  transaction: Transaction,
  announce: Announce,
  caseId: number,
  post: PostInThread,
): Promise<void> {
  const told = await transaction
    .select({ memberId: flags.memberId })
    .from(flags)
    .where(eq(flags.caseId, caseId))
    .orderBy(asc(flags.memberId))
  const path = `${numberedPostsPath(post.thread)}${post.number}`
  for (const { memberId } of told) {
    await runSteps(forum.steps.accountChanged, transaction, { memberId, occasion: 'flag_decided', path })
    await announce(memberEvent('notified', memberId))
  }
}
