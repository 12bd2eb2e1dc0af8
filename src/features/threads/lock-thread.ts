import { eq } from 'drizzle-orm'
import type { Forum } from '../../platform/forum.ts'
import { change } from '../../platform/live/change.ts'
import { threads } from './schema.ts'

/** Ends the replies to a thread, or lets them begin again. */
export async function lockThread(forum: Forum, thread: number, locked: boolean): Promise<void> {
  await change(forum, async (transaction, announce) => {
    const [found] = await transaction
      .update(threads)
      .set({ lockedAt: locked ? new Date() : null })
      .where(eq(threads.id, thread))
      .returning({ boards: threads.boardIds })
    if (found) await announce({ type: 'locked', thread, boards: found.boards })
  })
}
