import { eq } from 'drizzle-orm'
import { inTransaction } from '../../platform/database/in-transaction.ts'
import { threads } from '../../schema/threads.ts'
import { boardCatalogue, boardsOf } from '../boards/catalogue.ts'
import { threadEvent } from '../events.ts'
import type { Forum } from '../forum.ts'
import { runSteps } from '../step.ts'
import { listInBoards, unlistFromBoards } from './list-in-boards.ts'
import { activityOf } from './move-thread.ts'
import { lastStanding } from './settle-thread.ts'

/**
 * Takes a thread out of sight for all but moderators, and tells its author why. Twice is as good as once.
 * @param reason null where moderators give none.
 */
export async function removeThread(forum: Forum, thread: number, by: number, reason: string | null): Promise<void> {
  const catalogue = await boardCatalogue(forum)
  await inTransaction(forum, async (transaction, announce) => {
    const [found] = await transaction.select().from(threads).where(eq(threads.id, thread)).for('no key update')
    if (!found || (found.removedAt && !found.emptied)) return
    await transaction
      .update(threads)
      .set({ removedAt: new Date(), removedReason: reason, emptied: false })
      .where(eq(threads.id, thread))
    if (!found.emptied) await unlistFromBoards(transaction, thread, boardsOf(catalogue, found))
    await runSteps(forum.steps.threadChanged, transaction, { kind: 'removed', thread, author: found.authorId, by })
    await announce(threadEvent('removed', thread, found.boardIds))
  })
}

/** Shows a thread that moderators removed again, where it stood; one in which nothing stands any more, only to its author. */
export async function restoreThread(forum: Forum, thread: number): Promise<void> {
  const catalogue = await boardCatalogue(forum)
  await inTransaction(forum, async (transaction, announce) => {
    const [found] = await transaction.select().from(threads).where(eq(threads.id, thread)).for('no key update')
    if (!found?.removedAt || found.emptied) return
    const emptied = (await lastStanding(transaction, thread)) === null
    await transaction
      .update(threads)
      .set({ removedReason: null, emptied, ...(emptied ? {} : { removedAt: null }) })
      .where(eq(threads.id, thread))
    if (!emptied) await listInBoards(transaction, thread, boardsOf(catalogue, found), activityOf(thread))
    await runSteps(forum.steps.threadChanged, transaction, { kind: emptied ? 'emptied' : 'restored', thread })
    await announce(threadEvent('removed', thread, found.boardIds))
  })
}
