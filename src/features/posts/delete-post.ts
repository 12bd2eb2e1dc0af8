import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import type { Forum } from '../../platform/forum.ts'
import { notAllowed, notFound } from '../../platform/http/errors.ts'
import type { RequestMember } from '../../platform/http/pages.ts'
import { change } from '../../platform/live/change.ts'
import { mayDelete, mayRestore } from '../moderation/permissions.ts'
import { tellOfModeration } from '../notifications/tell-concerned.ts'
import { withdrawPost } from '../notifications/withdraw.ts'
import { announceChange } from './announce-change.ts'
import { type PostInThread, postById } from './queries.ts'
import { posts } from './schema.ts'

/**
 * Takes a post out of sight: its number and its place stay, and it can be restored. Twice is as good as once.
 * @throws Problem 404, or 403 when the post is not the member's to delete.
 */
export async function deletePost(forum: Forum, id: number, member: RequestMember): Promise<PostInThread> {
  const post = await postById(forum.database, id)
  if (!post) throw notFound('posts.not_found')
  if (post.deletedAt && mayRestore(member, post)) return post
  if (!mayDelete(member, post)) throw notAllowed('posts.not_yours')
  await change(forum, async (transaction, announce) => {
    const deleted = await transaction
      .update(posts)
      .set({ deletedAt: new Date(), deletedBy: member.id })
      .where(and(eq(posts.id, id), isNull(posts.deletedAt)))
      .returning({ id: posts.id })
    if (deleted.length === 0) return
    await withdrawPost(transaction, post.thread.id, post.number)
    if (member.id !== post.authorId) {
      await tellOfModeration(transaction, { thread: post.thread.id, number: post.number, author: post.authorId })
    }
    await announceChange(transaction, announce, post, 'deleted', -1)
  })
  return post
}

/**
 * Shows a deleted post again, in its place.
 * @throws Problem 404, or 403 when somebody else has deleted it.
 */
export async function restorePost(forum: Forum, id: number, member: RequestMember): Promise<PostInThread> {
  const post = await postById(forum.database, id)
  if (!post) throw notFound('posts.not_found')
  if (!post.deletedAt && mayDelete(member, post)) return post
  if (!mayRestore(member, post)) throw notAllowed('posts.not_yours')
  await change(forum, async (transaction, announce) => {
    const restored = await transaction
      .update(posts)
      .set({ deletedAt: null, deletedBy: null })
      .where(and(eq(posts.id, id), isNotNull(posts.deletedAt)))
      .returning({ id: posts.id })
    if (restored.length > 0) await announceChange(transaction, announce, post, 'restored', 1)
  })
  return post
}
