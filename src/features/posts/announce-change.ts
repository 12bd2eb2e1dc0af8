import { eq } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'
import type { Announce } from '../../platform/live/change.ts'
import { countChange } from '../threads/activity.ts'
import type { PostInThread } from './queries.ts'
import { posts } from './schema.ts'

/** Numbers a change of a post among those of its thread, and tells of it once it is committed. */
export async function announceChange(
  transaction: Transaction,
  announce: Announce,
  post: PostInThread,
  type: 'edited' | 'deleted' | 'restored',
  replies: -1 | 0 | 1,
): Promise<void> {
  const changeNumber = await countChange(transaction, post, replies)
  await transaction.update(posts).set({ changeNumber }).where(eq(posts.id, post.id))
  const { id: thread, boardIds: boards } = post.thread
  await announce({ type, thread, number: post.number, boards })
}
