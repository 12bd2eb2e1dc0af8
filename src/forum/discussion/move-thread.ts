import { eq, sql } from 'drizzle-orm'
import { inTransaction } from '../../platform/database/in-transaction.ts'
import { invalidFields, notFound } from '../../platform/problem.ts'
import { threads } from '../../schema/threads.ts'
import { boardCatalogue, boardsOf } from '../boards/catalogue.ts'
import { lockBoards } from '../boards/count-thread.ts'
import { memberEvent, threadEvent } from '../events.ts'
import type { Forum } from '../forum.ts'
import { runSteps } from '../step.ts'
import { chosenBoards } from './chosen-boards.ts'
import { listInBoards, unlistFromBoards } from './list-in-boards.ts'
import type { Moderator } from './steps.ts'

/**
 * Moves a thread to other boards. Its present boards are no change.
 * @throws Problem 422 when the boards cannot be chosen, 404 when the thread is in no board.
 */
export async function moveThread(
  forum: Forum,
  thread: number,
  slugs: readonly string[],
  moderator: Moderator,
): Promise<void> {
  const catalogue = await boardCatalogue(forum)
  await inTransaction(forum, async (transaction, announce) => {
    const [moved] = await transaction.select().from(threads).where(eq(threads.id, thread)).for('no key update')
    if (!moved || moved.removedAt) throw notFound('threads.not_found')
    const { boards, problem } = await chosenBoards(forum, slugs, moved.boardIds)
    if (problem) throw invalidFields([problem])
    const boardIds = boards.map(({ id }) => id)
    if (inOrder(moved.boardIds) === inOrder(boardIds)) return
    // Old and new boards in one call: locking two sorted sets one after the other could deadlock.
    await lockBoards(transaction, [...moved.boardIds, ...boardIds])
    await unlistFromBoards(transaction, thread, boardsOf(catalogue, moved))
    await transaction.update(threads).set({ boardIds }).where(eq(threads.id, thread))
    await listInBoards(transaction, thread, boards, activityOf(thread))
    await runSteps(forum.steps.threadChanged, transaction, {
      kind: 'moved',
      thread,
      author: moved.authorId,
      from: moved.boardIds,
      to: boardIds,
      ...moderator,
    })
    await announce(threadEvent('moved', thread, [...moved.boardIds, ...boardIds]))
    await announce(memberEvent('notified', moved.authorId))
  })
}

const inOrder = (ids: readonly number[]): string => [...ids].sort((one, other) => one - other).join()

/** The moment of a thread's last post, as exact as the database keeps it. */
export const activityOf = (thread: number) => sql`(select last_post_at from threads where id = ${thread})`
