import { eq } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'
import { announce } from '../../platform/live/bus.ts'
import { countChange } from '../threads/activity.ts'
import type { PostInThread } from './queries.ts'
import { posts } from './schema.ts'

/** Numbers a change of a post among those of its thread, and tells of it once it is committed. */
export async function announceChange(
  transaction: Transaction,
  post: PostInThread,
  type: 'edited' | 'deleted' | 'restored',
  replies: -1 | 0 | 1,
): Promise<void> {
  const changeNumber = await countChange(transaction, post, replies)
  await transaction.update(posts).set({ changeNumber }).where(eq(posts.id, post.id))
  await announce(transaction, { type, thread: post.thread.id, number: post.number })
}
