import { eq } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'
import { posts } from '../../schema/posts.ts'
import { type Announce, postEvent } from '../events.ts'
import { countChange } from './activity.ts'

/**
 * Numbers a change of a post in its thread, and announces it after the commit. Reads the thread's boards again, because
 * it may have been moved since the post was read.
 */
export async function announceChange(
  transaction: Transaction,
  announce: Announce,
  post: { id: number; number: number; thread: { id: number } },
  type: 'edited' | 'deleted' | 'restored',
  replies: -1 | 0 | 1,
): Promise<void> {
  const { changeNumber, boardIds: boards } = await countChange(transaction, post, replies)
  await transaction.update(posts).set({ changeNumber }).where(eq(posts.id, post.id))
  await announce(postEvent(type, post.thread.id, post.number, boards))
}
