import { eq } from 'drizzle-orm'
import { isUniqueViolation, type Transaction } from '../../platform/database/database.ts'
import { inTransaction } from '../../platform/database/in-transaction.ts'
import { conflict, invalidField, invalidFields, notFound } from '../../platform/problem.ts'
import { boards, formerSlugs } from '../../schema/boards.ts'
import { boardsEvent } from '../events.ts'
import type { Forum } from '../forum.ts'
import { runSteps } from '../step.ts'
import { type BoardFields, boardProblems } from './board-fields.ts'

/** The kind of a board never changes, because its addresses and crossings depend on it. */
export type ChangedFields = Omit<BoardFields, 'kind'>

/**
 * Changes a board. The address with its old slug redirects to the new one. Equal values are no change.
 * @param expected values that some fields must have now, if given.
 * @throws Problem 422 naming each invalid field, 404; 409 when an expected value has changed.
 */
export async function changeBoard(
  forum: Forum,
  by: number,
  id: number,
  fields: Partial<ChangedFields>,
  expected: Partial<ChangedFields> = {},
): Promise<void> {
  try {
    await inTransaction(forum, async (transaction, announce) => {
      const [was] = await transaction.select().from(boards).where(eq(boards.id, id)).for('no key update')
      if (!was) throw notFound('boards.not_found')
      const differs = ([name, value]: [string, unknown]) =>
        JSON.stringify(Reflect.get(was, name)) !== JSON.stringify(value)
      if (Object.entries(expected).some(differs)) throw conflict('boards.changed_since')
      const problems = await boardProblems(forum, { ...was, ...fields }, id)
      if (problems.length > 0) throw invalidFields(problems)
      const changed = Object.entries(fields).filter(differs)
      if (changed.length === 0) return
      await transaction.update(boards).set(fields).where(eq(boards.id, id))
      if (fields.slug !== undefined && fields.slug !== was.slug)
        await renameAddress(transaction, id, was.slug, fields.slug)
      const before = Object.fromEntries(changed.map(([name]) => [name, Reflect.get(was, name)]))
      const change = { kind: 'change', board: id, by, before, after: Object.fromEntries(changed) } as const
      await runSteps(forum.steps.boardChanged, transaction, change)
      await announce(boardsEvent)
    })
  } catch (error) {
    if (isUniqueViolation(error, 'boards_slug')) throw invalidField('slug', 'boards.slug_taken')
    throw error
  }
}

/** A board can take its own former slug back. */
async function renameAddress(transaction: Transaction, boardId: number, from: string, to: string): Promise<void> {
  await transaction.delete(formerSlugs).where(eq(formerSlugs.slug, to))
  await transaction
    .insert(formerSlugs)
    .values({ slug: from, boardId })
    .onConflictDoUpdate({ target: formerSlugs.slug, set: { boardId } })
}
