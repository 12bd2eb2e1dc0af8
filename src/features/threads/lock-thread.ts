import { eq } from 'drizzle-orm'
import type { Forum } from '../../platform/forum.ts'
import { announce } from '../../platform/live/bus.ts'
import { threads } from './schema.ts'

/** Ends the replies to a thread, or lets them begin again. */
export async function lockThread({ database }: Forum, thread: number, locked: boolean): Promise<void> {
  await database.transaction(async (transaction) => {
    await transaction
      .update(threads)
      .set({ lockedAt: locked ? new Date() : null })
      .where(eq(threads.id, thread))
    await announce(transaction, { type: 'locked', thread })
  })
}
