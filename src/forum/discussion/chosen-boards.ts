import { MOST_BOARDS } from '../../limits.ts'
import type { FieldProblem } from '../../platform/problem.ts'
import { type Board, boardCatalogue } from '../boards/catalogue.ts'
import type { Forum } from '../forum.ts'

export interface ChosenBoards {
  boards: Board[]
  /** What is wrong with the choice; null when nothing is. */
  problem: FieldProblem | null
}

/** The boards with some slugs, for a thread that is to stand in them. */
export async function chosenBoards(forum: Forum, slugs: readonly string[]): Promise<ChosenBoards> {
  const catalogue = await boardCatalogue(forum)
  const asked = [...new Set(slugs)]
  const boards = asked.flatMap((slug) => catalogue.withSlug(slug) ?? [])
  return { boards, problem: problemWith(asked, boards) }
}

function problemWith(asked: readonly string[], found: readonly Board[]): FieldProblem | null {
  if (asked.length === 0) return { field: 'boards', key: 'errors.none_chosen' }
  if (found.length < asked.length) return { field: 'boards', key: 'threads.no_such_board' }
  if (found.length > MOST_BOARDS)
    return { field: 'boards', key: 'errors.too_many_chosen', values: { count: MOST_BOARDS } }
  return null
}
