import { eq } from 'drizzle-orm'
import type { Forum } from '../../platform/forum.ts'
import { change } from '../../platform/live/change.ts'
import { boardCatalogue } from '../boards/catalogue.ts'
import { tellOfModeration } from '../notifications/tell-concerned.ts'
import { withdrawThread } from '../notifications/withdraw.ts'
import { boardsOf } from './lines.ts'
import { activityOf } from './move-thread.ts'
import { threads } from './schema.ts'
import { leaveBoards, standInBoards } from './stand-in-boards.ts'

/** Takes a thread out of sight for all but moderators, or shows it again where it stood. Twice is as good as once. */
export async function removeThread(forum: Forum, thread: number, removed: boolean, by: number): Promise<void> {
  const catalogue = await boardCatalogue(forum)
  await change(forum, async (transaction, announce) => {
    const [found] = await transaction.select().from(threads).where(eq(threads.id, thread)).for('no key update')
    if (!found || (found.removedAt !== null) === removed) return
    const boards = boardsOf(catalogue, found)
    await transaction
      .update(threads)
      .set({ removedAt: removed ? new Date() : null })
      .where(eq(threads.id, thread))
    if (removed) {
      await leaveBoards(transaction, thread, boards)
      await withdrawThread(transaction, thread)
      if (found.authorId !== by) await tellOfModeration(transaction, { thread, number: 1, author: found.authorId })
    } else await standInBoards(transaction, thread, boards, activityOf(thread))
    await announce({ type: 'removed', thread, boards: found.boardIds })
  })
}
