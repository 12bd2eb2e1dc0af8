import { and, desc, eq, isNull } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'
import { posts } from '../../schema/posts.ts'
import { threads } from '../../schema/threads.ts'
import { boardsOf, type Catalogue } from '../boards/catalogue.ts'
import { type Announce, threadEvent } from '../events.ts'
import type { Forum } from '../forum.ts'
import { runSteps } from '../step.ts'
import { listInBoards, unlistFromBoards } from './list-in-boards.ts'
import { activityOf } from './move-thread.ts'

/**
 * Corrects a thread after one of its posts was hidden or restored: lists name the author of its last visible post, and
 * leave out a thread without any. Locks the thread's row first, so that a reply in another transaction is counted.
 */
export async function settleThread(
  { steps }: Forum,
  transaction: Transaction,
  announce: Announce,
  catalogue: Catalogue,
  thread: number,
): Promise<void> {
  const [found] = await transaction.select().from(threads).where(eq(threads.id, thread)).for('no key update')
  if (!found) throw new Error('A post without a thread')
  const last = await lastStanding(transaction, thread)
  const empties = last === null && found.removedAt === null
  const comesBack = last !== null && found.emptied
  await transaction
    .update(threads)
    .set({
      lastAuthorId: last ?? found.authorId,
      ...(empties ? { removedAt: new Date(), emptied: true } : {}),
      ...(comesBack ? { removedAt: null, emptied: false } : {}),
    })
    .where(eq(threads.id, thread))
  if (!empties && !comesBack) return
  if (empties) await unlistFromBoards(transaction, thread, boardsOf(catalogue, found))
  else await listInBoards(transaction, thread, boardsOf(catalogue, found), activityOf(thread))
  await runSteps(steps.threadChanged, transaction, { kind: empties ? 'emptied' : 'refilled', thread })
  await announce(threadEvent('removed', thread, found.boardIds))
}

/** The author of a thread's last visible post; null for none. */
export async function lastStanding(transaction: Transaction, thread: number): Promise<number | null> {
  const [last] = await transaction
    .select({ author: posts.authorId })
    .from(posts)
    .where(and(eq(posts.threadId, thread), isNull(posts.deletedAt)))
    .orderBy(desc(posts.number))
    .limit(1)
  return last?.author ?? null
}
