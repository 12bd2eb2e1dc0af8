import type { Board, Catalogue } from './catalogue.ts'
import type { Crossing } from './queries.ts'

/** A board of the other kind that has threads in common with a board. */
export interface CrossedBoard extends Board {
  threadCount: number
  /** What is known about the crossing, also without any thread. */
  note: Crossing['note']
}

/** The boards that cross a board: first those with most threads in common, then in the catalogue's order. */
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
