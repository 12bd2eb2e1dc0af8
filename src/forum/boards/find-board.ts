import { notFound } from '../../platform/problem.ts'
import type { BoardKind } from '../../schema/enums.ts'
import type { Forum } from '../forum.ts'
import { type Board, boardCatalogue } from './catalogue.ts'

/** A board of a kind by its present or a former slug. @throws Problem 404. */
export async function findBoard(forum: Forum, kind: BoardKind, slug: string): Promise<Board> {
  const board = (await boardCatalogue(forum)).withSlug(slug)
  if (board?.kind !== kind) throw notFound('boards.not_found')
  return board
}

/** A city and a technology by their slugs. @throws Problem 404. */
export async function findCrossing(
  forum: Forum,
  city: string,
  technology: string,
): Promise<{ city: Board; technology: Board }> {
  return { city: await findBoard(forum, 'city', city), technology: await findBoard(forum, 'technology', technology) }
}
