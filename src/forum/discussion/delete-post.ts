import { and, eq, isNotNull, isNull, type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'
import { inTransaction } from '../../platform/database/in-transaction.ts'
import { notAllowed } from '../../platform/problem.ts'
import { takeAttempt } from '../../platform/rate-limits/rate-limits.ts'
import { posts } from '../../schema/posts.ts'
import { boardCatalogue, type Catalogue } from '../boards/catalogue.ts'
import { type Announce, memberEvent } from '../events.ts'
import type { Forum } from '../forum.ts'
import { type Actor, mayDelete, mayRestore } from '../members/permissions.ts'
import { runSteps } from '../step.ts'
import { announceChange } from './announce-change.ts'
import { approvePost } from './approve-post.ts'
import { findPost } from './find-post.ts'
import { takeHeldAway, waitAgain } from './hold-post.ts'
import { isStillAt, type PostInThread, postById } from './post-in-thread.ts'
import { settleThread } from './settle-thread.ts'
import type { Moderator } from './steps.ts'

const DELETIONS = { action: 'delete-post', most: 60, seconds: 300 }

/**
 * Hides a post. Its number and place stay, and it can be restored. Deleting twice has no further effect. When it was the
 * last visible post, its thread leaves the lists.
 * @param reason that moderators give the author.
 * @throws Problem 404; 403 when the member may not delete it; 429 for deleting and restoring too often.
 */
export async function deletePost(
  forum: Forum,
  id: number,
  member: Actor,
  reason: string | null,
): Promise<PostInThread> {
  await takeAttempt(forum, DELETIONS, String(member.id))
  const post = await findPost(forum, id, member)
  if (!mayDelete(member, post)) {
    if (post.deletedAt && mayRestore(member, post)) return post
    throw notAllowed('posts.not_yours')
  }
  const catalogue = await boardCatalogue(forum)
  const shownReason = member.id === post.authorId ? null : reason
  const isDone = await inTransaction(forum, (transaction, announce) =>
    takeOutOfSight(forum, transaction, announce, { catalogue, post, by: member.id, reason: shownReason }),
  )
  // Somebody else deleted it too, or a moderator moved it. In the second case, tries again at its new place.
  if (!isDone && (await hasMoved(forum, post))) return deletePost(forum, id, member, reason)
  return post
}

interface OutOfSight extends Moderator {
  catalogue: Catalogue
  post: PostInThread
}

/** Hides a post within a transaction, without checking rights. Answers false when it was hidden already. */
export async function takeOutOfSight(
  forum: Forum,
  transaction: Transaction,
  announce: Announce,
  { catalogue, post, ...moderator }: OutOfSight,
): Promise<boolean> {
  if (post.heldAt) return takeHeldAway(forum, transaction, announce, post, moderator)
  const deleted = await transaction
    .update(posts)
    .set({ deletedAt: new Date(), deletedBy: moderator.by, deletedReason: moderator.reason })
    .where(and(eq(posts.id, post.id), isStillAt(post), isNull(posts.deletedAt)))
    .returning({ id: posts.id })
  if (deleted.length === 0) return false
  // Locks the thread before the steps read it. Otherwise two of them could read the same state and then both change it.
  await announceChange(transaction, announce, post, 'deleted', -1)
  await runSteps(forum.steps.postChanged, transaction, { kind: 'deleted', post, ...moderator })
  await settleThread(forum, transaction, announce, catalogue, post.thread.id)
  if (moderator.by !== post.authorId) await announce(memberEvent('notified', post.authorId))
  return true
}

/**
 * Lets only moderators restore a post that its author has deleted. Otherwise the author could delete it before the
 * decision, and restore it afterwards. Answers whether the author had deleted it.
 */
export async function keepOutOfSight(
  forum: Forum,
  transaction: Transaction,
  announce: Announce,
  { post, ...moderator }: Omit<OutOfSight, 'catalogue'>,
): Promise<boolean> {
  const kept = await transaction
    .update(posts)
    .set({ deletedBy: moderator.by, deletedReason: moderator.reason })
    .where(
      and(
        eq(posts.id, post.id),
        isStillAt(post),
        eq(posts.deletedBy, post.authorId),
        isNull(posts.heldAt),
        isNull(posts.erasedAt),
      ),
    )
    .returning({ id: posts.id })
  if (kept.length === 0) return false
  await announceChange(transaction, announce, post, 'deleted', 0)
  await runSteps(forum.steps.postChanged, transaction, { kind: 'deleted', post, ...moderator })
  if (moderator.by !== post.authorId) await announce(memberEvent('notified', post.authorId))
  return true
}

/**
 * Shows a deleted post again in its place; also its thread, if that was hidden because no post was left.
 * @param reason that moderators give the author.
 * @param version of a held post: the one that the moderator has read.
 * @throws Problem 404; 409 when it was edited since; 403 when somebody else deleted it; 429 as `deletePost`.
 */
export async function restorePost(
  forum: Forum,
  id: number,
  member: Actor,
  reason: string | null = null,
  version?: number,
): Promise<PostInThread> {
  await takeAttempt(forum, DELETIONS, String(member.id))
  const post = await findPost(forum, id, member)
  if (!post.deletedAt && mayDelete(member, post)) return post
  if (!mayRestore(member, post)) throw notAllowed('posts.not_yours')
  if (post.heldAt)
    return member.id === post.authorId ? waitAgain(forum, post) : approvePost(forum, post, member, { reason, version })
  const { deletedBy } = post
  const catalogue = await boardCatalogue(forum)
  const shownReason = member.id === post.authorId ? null : reason
  const isDone = await inTransaction(forum, (transaction, announce) =>
    // Only if the same person deleted it as when the rights were checked: a moderator may have removed it since.
    showAgain(
      forum,
      transaction,
      announce,
      { catalogue, post, by: member.id, reason: shownReason },
      sql`${posts.deletedBy} is not distinct from ${deletedBy}`,
    ),
  )
  if (!isDone && (await hasMoved(forum, post))) return restorePost(forum, id, member, reason, version)
  return post
}

/**
 * Shows a post again within a transaction, without checking rights. Answers false when it was not hidden in this way.
 * @param which how it must have been hidden.
 */
export async function showAgain(
  forum: Forum,
  transaction: Transaction,
  announce: Announce,
  { catalogue, post, ...moderator }: OutOfSight,
  which: SQL,
): Promise<boolean> {
  const restored = await transaction
    .update(posts)
    .set({ deletedAt: null, deletedBy: null, deletedReason: null })
    .where(and(eq(posts.id, post.id), isStillAt(post), isNotNull(posts.deletedAt), isNull(posts.erasedAt), which))
    .returning({ id: posts.id })
  if (restored.length === 0) return false
  await announceChange(transaction, announce, post, 'restored', 1)
  await runSteps(forum.steps.postChanged, transaction, { kind: 'restored', post, ...moderator })
  await settleThread(forum, transaction, announce, catalogue, post.thread.id)
  if (moderator.by !== post.authorId) await announce(memberEvent('notified', post.authorId))
  return true
}

async function hasMoved({ database }: Forum, { id, thread, number }: PostInThread): Promise<boolean> {
  const now = await postById(database, id)
  return now !== null && (now.thread.id !== thread.id || now.number !== number)
}
