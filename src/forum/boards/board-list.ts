import type { BoardKind } from '../../schema/enums.ts'
import type { Forum } from '../forum.ts'
import { type Board, boardCatalogue } from './catalogue.ts'
import { type CrossedBoard, crossedBoards } from './crossed-boards.ts'
import type { Crossings } from './crossings.ts'
import { threadCounts } from './queries.ts'

/** A board with the number of its threads and its crossings. */
export interface ListedBoard extends Board {
  threadCount: number
  crossed: CrossedBoard[]
}

/** All boards of a kind, in their order. */
export async function boardList(
  forum: Forum,
  crossingsNow: () => Promise<Crossings>,
  kind: BoardKind,
): Promise<ListedBoard[]> {
  const [catalogue, counts, crossings] = await Promise.all([
    boardCatalogue(forum),
    threadCounts(forum.database),
    crossingsNow(),
  ])
  const boards = kind === 'city' ? catalogue.cities : catalogue.technologies
  return boards.map((board) => ({
    ...board,
    threadCount: counts.get(board.id) ?? 0,
    crossed: crossedBoards(catalogue, board, crossings.of(board.id)),
  }))
}
