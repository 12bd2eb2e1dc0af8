import { type Board, boardCatalogue } from '../../forum/boards/catalogue.ts'
import type { Forum } from '../../forum/forum.ts'
import { notFound } from '../../platform/problem.ts'
import type { BoardKind } from '../../schema/enums.ts'

/** The board of an address. @throws Problem 404 where there is none of that kind. */
export async function findBoard(forum: Forum, kind: BoardKind, slug: string): Promise<Board> {
  const board = (await boardCatalogue(forum)).withSlug(slug)
  if (board?.kind !== kind) throw notFound('boards.not_found')
  return board
}
