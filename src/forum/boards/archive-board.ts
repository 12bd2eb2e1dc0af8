import { eq, sql } from 'drizzle-orm'
import { inTransaction } from '../../platform/database/in-transaction.ts'
import { notFound } from '../../platform/problem.ts'
import { boards } from '../../schema/boards.ts'
import { boardsEvent } from '../events.ts'
import type { Forum } from '../forum.ts'
import { runSteps } from '../step.ts'

/** Archives a board, or opens it for new threads again. Doing so twice has no further effect. @throws Problem 404. */
export async function archiveBoard(forum: Forum, by: number, id: number, archive: boolean): Promise<void> {
  await inTransaction(forum, async (transaction, announce) => {
    const [board] = await transaction.select().from(boards).where(eq(boards.id, id)).for('no key update')
    if (!board) throw notFound('boards.not_found')
    if ((board.archivedAt !== null) === archive) return
    await transaction
      .update(boards)
      .set({ archivedAt: archive ? sql`now()` : null })
      .where(eq(boards.id, id))
    await runSteps(forum.steps.boardChanged, transaction, {
      ...{ kind: archive ? 'archive' : 'unarchive', board: id, by },
      before: { archived: !archive },
      after: { archived: archive },
    })
    await announce(boardsEvent)
  })
}
