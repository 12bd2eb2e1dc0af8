import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import { inTransaction } from '../../platform/database/in-transaction.ts'
import { threads } from '../../schema/threads.ts'
import { memberEvent, threadEvent } from '../events.ts'
import type { Forum } from '../forum.ts'
import { runSteps } from '../step.ts'
import type { Moderator } from './steps.ts'

/** Locks a thread for replies, or unlocks it. Doing so twice has no further effect. */
export async function lockThread(forum: Forum, thread: number, locked: boolean, moderator: Moderator): Promise<void> {
  await inTransaction(forum, async (transaction, announce) => {
    const [found] = await transaction
      .update(threads)
      .set({ lockedAt: locked ? new Date() : null })
      .where(and(eq(threads.id, thread), locked ? isNull(threads.lockedAt) : isNotNull(threads.lockedAt)))
      .returning({ boards: threads.boardIds, author: threads.authorId })
    if (!found) return
    const kind = locked ? 'locked' : 'unlocked'
    await runSteps(forum.steps.threadChanged, transaction, { kind, thread, author: found.author, ...moderator })
    await announce(threadEvent('locked', thread, found.boards))
    await announce(memberEvent('notified', found.author))
  })
}
