import { eq } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'
import { inTransaction } from '../../platform/database/in-transaction.ts'
import { threads } from '../../schema/threads.ts'
import { boardCatalogue, boardsOf, type Catalogue } from '../boards/catalogue.ts'
import { type Announce, memberEvent, pinEvent, threadEvent } from '../events.ts'
import type { Forum } from '../forum.ts'
import { runSteps } from '../step.ts'
import { listInBoards, unlistFromBoards } from './list-in-boards.ts'
import { activityOf } from './move-thread.ts'
import { isPinnedEverywhere } from './pin-thread.ts'
import { lastStanding } from './settle-thread.ts'
import type { Moderator } from './steps.ts'

/** Hides a thread from everybody but moderators, and tells its author why. Doing so twice has no further effect. */
export async function removeThread(forum: Forum, thread: number, moderator: Moderator): Promise<void> {
  const catalogue = await boardCatalogue(forum)
  await inTransaction(forum, (transaction, announce) =>
    takeThreadAway(forum, transaction, announce, { catalogue, thread, ...moderator }),
  )
}

interface WholeThread extends Moderator {
  catalogue: Catalogue
  thread: number
}

/** Hides a thread within a transaction. Answers the moment; null when it was hidden already. */
export async function takeThreadAway(
  forum: Forum,
  transaction: Transaction,
  announce: Announce,
  { catalogue, thread, ...moderator }: WholeThread,
): Promise<Date | null> {
  const [found] = await transaction.select().from(threads).where(eq(threads.id, thread)).for('no key update')
  if (!found || (found.removedAt && !found.emptied) || found.mergedInto !== null) return null
  const removedAt = new Date()
  await transaction
    .update(threads)
    .set({ removedAt, removedReason: moderator.reason, emptied: false })
    .where(eq(threads.id, thread))
  if (!found.emptied) await unlistFromBoards(transaction, thread, boardsOf(catalogue, found))
  const { authorId: author } = found
  await runSteps(forum.steps.threadChanged, transaction, { kind: 'removed', thread, author, ...moderator })
  await announce(threadEvent('removed', thread, found.boardIds))
  await announce(memberEvent('notified', author))
  return removedAt
}

/**
 * Shows a removed thread again in its boards. If no post is left in it, only its author sees it. A merged thread stays
 * merged.
 */
export async function restoreThread(forum: Forum, thread: number, moderator: Moderator): Promise<void> {
  const catalogue = await boardCatalogue(forum)
  await inTransaction(forum, (transaction, announce) =>
    bringThreadBack(forum, transaction, announce, { catalogue, thread, ...moderator }),
  )
}

/** Shows a thread again within a transaction. @param removedAt only if it was removed at this moment. */
export async function bringThreadBack(
  forum: Forum,
  transaction: Transaction,
  announce: Announce,
  { catalogue, thread, ...moderator }: WholeThread,
  removedAt?: Date,
): Promise<void> {
  const [found] = await transaction.select().from(threads).where(eq(threads.id, thread)).for('no key update')
  if (!found?.removedAt || found.emptied || found.mergedInto !== null) return
  if (removedAt && found.removedAt.getTime() !== removedAt.getTime()) return
  const emptied = (await lastStanding(transaction, thread)) === null
  await transaction
    .update(threads)
    .set({ removedReason: null, emptied, ...(emptied ? {} : { removedAt: null }) })
    .where(eq(threads.id, thread))
  if (!emptied) await listInBoards(transaction, thread, boardsOf(catalogue, found), activityOf(thread))
  const { authorId: author } = found
  await runSteps(forum.steps.threadChanged, transaction, { kind: 'restored', thread, author, ...moderator })
  if (await isPinnedEverywhere(transaction, thread)) await announce(pinEvent(thread, null))
  await announce(threadEvent('removed', thread, found.boardIds))
  await announce(memberEvent('notified', author))
}
