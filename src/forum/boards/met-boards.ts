import type { MetBoard } from '../../../views/boards/met-boards.ts'
import type { Board, Catalogue } from './catalogue.ts'
import type { Crossing } from './queries.ts'

/** The boards of the other kind that a board crosses, by its crossings: those with most threads first, else in the catalogue's order. */
export function metBoards(catalogue: Catalogue, board: Board, crossings: readonly Crossing[]): MetBoard[] {
  const others = board.kind === 'city' ? catalogue.technologies : catalogue.cities
  const crossed = new Map(
    crossings.map((crossing) => [board.kind === 'city' ? crossing.technologyId : crossing.cityId, crossing]),
  )
  return others
    .flatMap((other) => {
      const crossing = crossed.get(other.id)
      return crossing ? [{ ...other, threadCount: crossing.threadCount, note: crossing.note }] : []
    })
    .sort((one, other) => other.threadCount - one.threadCount)
}
