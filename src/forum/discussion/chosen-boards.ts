import { MOST_BOARDS } from '../../limits.ts'
import type { FieldProblem } from '../../platform/problem.ts'
import { type Board, boardCatalogue } from '../boards/catalogue.ts'
import type { Forum } from '../forum.ts'

export interface ChosenBoards {
  boards: Board[]
  /** The error of the choice; null for none. */
  problem: FieldProblem | null
}

/**
 * The boards with these slugs, for a thread.
 * @param standsIn the thread's present boards, where it may stay even if a board is archived.
 */
export async function chosenBoards(
  forum: Forum,
  slugs: readonly string[],
  standsIn: readonly number[] = [],
): Promise<ChosenBoards> {
  const catalogue = await boardCatalogue(forum)
  const asked = [...new Set(slugs)]
  const found = asked.map((slug) => catalogue.withSlug(slug))
  // After a merge, two slugs may belong to one board.
  const boards = [...new Set(found.filter((board) => board !== undefined))]
  return { boards, problem: problemWith(asked, found) ?? problemOf(boards, standsIn) }
}

function problemWith(asked: readonly string[], found: readonly (Board | undefined)[]): FieldProblem | null {
  if (asked.length === 0) return { field: 'boards', key: 'errors.none_chosen' }
  if (found.includes(undefined)) return { field: 'boards', key: 'threads.no_such_board' }
  return null
}

function problemOf(boards: readonly Board[], standsIn: readonly number[]): FieldProblem | null {
  if (boards.some(({ id, archived }) => archived && !standsIn.includes(id)))
    return { field: 'boards', key: 'threads.board_archived' }
  if (boards.length > MOST_BOARDS)
    return { field: 'boards', key: 'errors.too_many_chosen', values: { count: MOST_BOARDS } }
  return null
}
