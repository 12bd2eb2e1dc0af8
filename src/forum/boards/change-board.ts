import { eq } from 'drizzle-orm'
import { isUniqueViolation, type Transaction } from '../../platform/database/database.ts'
import { inTransaction } from '../../platform/database/in-transaction.ts'
import { conflict, invalidField, invalidFields, notFound } from '../../platform/problem.ts'
import { boards, formerSlugs } from '../../schema/boards.ts'
import { boardsEvent } from '../events.ts'
import type { Forum } from '../forum.ts'
import { runSteps } from '../step.ts'
import { type BoardFields, boardProblems } from './board-fields.ts'

/** A board stays a city or a technology for ever: its addresses and crossings say so. */
export type ChangedFields = Omit<BoardFields, 'kind'>

/**
 * Changes what is said of a board; the address of its old slug leads to the new one. What stays the same is no change.
 * @param expected what some fields must be now, where that is known.
 * @throws Problem 422 naming each field that cannot stay as it is, 404; 409 when one of them is something else by now.
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

/** A slug that a board takes back is its own again. */
async function renameAddress(transaction: Transaction, boardId: number, from: string, to: string): Promise<void> {
  await transaction.delete(formerSlugs).where(eq(formerSlugs.slug, to))
  await transaction
    .insert(formerSlugs)
    .values({ slug: from, boardId })
    .onConflictDoUpdate({ target: formerSlugs.slug, set: { boardId } })
}
