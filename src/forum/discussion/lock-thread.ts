import { eq } from 'drizzle-orm'
import { change } from '../../platform/database/in-transaction.ts'
import { threads } from '../../schema/threads.ts'
import type { Forum } from '../forum.ts'
import { runSteps } from '../step.ts'

/** Ends the replies to a thread, or lets them begin again. */
export async function lockThread(forum: Forum, thread: number, locked: boolean): Promise<void> {
  await change(forum, async (transaction, announce) => {
    const [found] = await transaction
      .update(threads)
      .set({ lockedAt: locked ? new Date() : null })
      .where(eq(threads.id, thread))
      .returning({ boards: threads.boardIds })
    if (!found) return
    await runSteps(forum.steps.threadChanged, transaction, { kind: locked ? 'locked' : 'unlocked', thread })
    await announce({ type: 'locked', thread, boards: found.boards })
  })
}
