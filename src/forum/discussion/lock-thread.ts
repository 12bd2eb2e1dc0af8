import { eq } from 'drizzle-orm'
import { inTransaction } from '../../platform/database/in-transaction.ts'
import { threads } from '../../schema/threads.ts'
import { threadEvent } from '../events.ts'
import type { Forum } from '../forum.ts'
import { runSteps } from '../step.ts'

/** Ends the replies to a thread, or lets them begin again. */
export async function lockThread(forum: Forum, thread: number, locked: boolean): Promise<void> {
  await inTransaction(forum, async (transaction, announce) => {
    const [found] = await transaction
      .update(threads)
      .set({ lockedAt: locked ? new Date() : null })
      .where(eq(threads.id, thread))
      .returning({ boards: threads.boardIds })
    if (!found) return
    await runSteps(forum.steps.threadChanged, transaction, { kind: locked ? 'locked' : 'unlocked', thread })
    await announce(threadEvent('locked', thread, found.boards))
  })
}
