import { isUniqueViolation } from '../../platform/database/database.ts'
import { inTransaction } from '../../platform/database/in-transaction.ts'
import { invalidField, invalidFields } from '../../platform/problem.ts'
import { boards } from '../../schema/boards.ts'
import { boardsEvent } from '../events.ts'
import type { Forum } from '../forum.ts'
import { runSteps } from '../step.ts'
import { type BoardFields, boardProblems } from './board-fields.ts'

/** Makes a board. @throws Problem 422 naming each invalid field. */
export async function createBoard(forum: Forum, by: number, fields: BoardFields): Promise<void> {
  const problems = await boardProblems(forum, fields, null)
  if (problems.length > 0) throw invalidFields(problems)
  try {
    await inTransaction(forum, async (transaction, announce) => {
      const [made] = await transaction.insert(boards).values(fields).returning({ id: boards.id })
      if (!made) throw new Error('An insert answered no row')
      const change = { kind: 'create', board: made.id, by, before: {}, after: { ...fields } } as const
      await runSteps(forum.steps.boardChanged, transaction, change)
      await announce(boardsEvent)
    })
  } catch (error) {
    // Two admins made the same board at once.
    if (isUniqueViolation(error, 'boards_slug')) throw invalidField('slug', 'boards.slug_taken')
    throw error
  }
}
