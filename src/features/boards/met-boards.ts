import type { MetBoard } from '../../../views/boards/met-boards.ts'
import type { Board, Catalogue } from './catalogue.ts'
import type { Crossing } from './queries.ts'

/** The boards of the other kind that a board crosses, those with most threads first. */
export function metBoards(catalogue: Catalogue, board: Board, crossings: readonly Crossing[]): MetBoard[] {
  return crossings
    .filter(({ cityId, technologyId }) => cityId === board.id || technologyId === board.id)
    .sort((one, other) => other.threadCount - one.threadCount)
    .flatMap(({ cityId, technologyId, threadCount, note }) => {
      const other = catalogue.withId(board.kind === 'city' ? technologyId : cityId)
      return other ? [{ ...other, threadCount, note }] : []
    })
}
