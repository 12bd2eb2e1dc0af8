import type { Board, Catalogue } from './catalogue.ts'
import type { Crossing } from './queries.ts'

/** A board of the other kind that a board crosses. */
export interface CrossedBoard extends Board {
  threadCount: number
  /** What is known of the crossing, before any thread. */
  note: Crossing['note']
}

/** Those that a board crosses, by its crossings: those with most threads first, else in the catalogue's order. */
export function crossedBoards(catalogue: Catalogue, board: Board, crossings: readonly Crossing[]): CrossedBoard[] {
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
