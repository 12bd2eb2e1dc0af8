import type { Level } from '../../schema/enums.ts'
import { type Board, boardCatalogue } from '../boards/catalogue.ts'
import { type CrossedBoard, crossedBoards } from '../boards/crossed-boards.ts'
import type { Crossings } from '../boards/crossings.ts'
import type { Crossing } from '../boards/queries.ts'
import { olderPage, readCursor } from '../discussion/cursor.ts'
import type { Forum } from '../forum.ts'
import { pinnedLines, withPinned } from './pinned-lines.ts'
import { readerOfBoard } from './reading-queries.ts'
import { followedBoards, levelOfCrossing } from './subscription-queries.ts'
import { type ThreadLine, type ThreadsOnPage, threadLines } from './thread-lines.ts'
import {
  type BoardOrder,
  boardThreads,
  crossingThreadsBefore,
  liveliestThreads,
  newestThreads,
} from './thread-lists.ts'
import type { Reader } from './unread.ts'

/** A board with its threads, for HTML, JSON and feeds. */
export interface BoardPage extends ThreadsOnPage {
  board: Board
  crossed: CrossedBoard[]
  order: BoardOrder
  /** Threads with unread posts; null for visitors. */
  unread: number | null
  /** The reader's level for it. */
  level: Level
}

/** The first page of a list, or the page from a cursor on. */
export interface AskedPage {
  order: BoardOrder
  before: string | undefined
  /** Fewer threads than a page has. */
  most?: number | undefined
}

/** The values for a visitor. */
const NOBODY = { unread: null, level: 'none' } as const

export async function readBoardPage(
  forum: Forum,
  crossingsNow: () => Promise<Crossings>,
  board: Board,
  { order, before, most }: AskedPage,
  reader: Reader | null,
): Promise<BoardPage> {
  const { database } = forum
  // A program that asks for a number of threads gets them in strict order, without pinned threads first.
  const isFirst = before === undefined && most === undefined
  const [catalogue, pinned, crossings, found, { unread, level }] = await Promise.all([
    boardCatalogue(forum),
    isFirst ? pinnedLines(forum, boardCatalogue(forum), board.id, reader) : [],
    crossingsNow(),
    boardThreads(database, board.id, order, readCursor(before), reader, most),
    reader ? readerOfBoard(database, board.id, reader) : NOBODY,
  ])
  return {
    board,
    crossed: crossedBoards(catalogue, board, crossings.of(board.id)),
    threads: withPinned(pinned, threadLines(catalogue, found.rows)),
    order,
    unread,
    level,
    older: olderPage(before),
    next: found.next,
  }
}

/** A city and a technology together, and the threads that stand in both. */
export interface CrossingPage extends ThreadsOnPage {
  city: Board
  technology: Board
  /** What is known about it, also without any thread. */
  note: Crossing['note']
  /** The reader's level for it. */
  level: Level
}

export async function readCrossingPage(
  forum: Forum,
  crossingsNow: () => Promise<Crossings>,
  { city, technology }: { city: Board; technology: Board },
  { before, most }: Pick<AskedPage, 'before' | 'most'>,
  reader: Reader | null,
): Promise<CrossingPage> {
  const { database } = forum
  const isFirst = before === undefined && most === undefined
  const [catalogue, pinned, crossings, found, level] = await Promise.all([
    boardCatalogue(forum),
    isFirst ? pinnedLines(forum, boardCatalogue(forum), null, reader) : [],
    crossingsNow(),
    crossingThreadsBefore(database, city.id, technology.id, readCursor(before), reader, most),
    reader ? levelOfCrossing(database, reader.id, city.id, technology.id) : NOBODY.level,
  ])
  return {
    city,
    technology,
    note: crossings.between(city.id, technology.id)?.note ?? null,
    level,
    threads: withPinned(pinned, threadLines(catalogue, found.rows)),
    older: olderPage(before),
    next: found.next,
  }
}

/** All boards and crossings, and the liveliest and newest threads. */
export interface HomePage {
  cities: readonly Board[]
  technologies: readonly Board[]
  crossings: Crossings
  /** Ids of the boards that the reader follows. */
  followed: readonly number[]
  liveliest: ThreadLine[]
  newest: ThreadLine[]
}

/** Not counting those that are among the liveliest. */
const NEWEST_ON_HOME = 6

export async function readHomePage(
  forum: Forum,
  crossingsNow: () => Promise<Crossings>,
  reader: Reader | null,
): Promise<HomePage> {
  const [catalogue, crossings, followed, liveliest, newest] = await Promise.all([
    boardCatalogue(forum),
    crossingsNow(),
    reader ? followedBoards(forum.database, reader.id) : [],
    liveliestThreads(forum.database, reader),
    newestThreads(forum.database, reader),
  ])
  const { cities, technologies } = catalogue
  return {
    cities,
    technologies,
    crossings,
    followed,
    liveliest: threadLines(catalogue, liveliest),
    // No thread appears twice on the page.
    newest: threadLines(
      catalogue,
      newest.filter(({ id }) => !liveliest.some((lively) => lively.id === id)).slice(0, NEWEST_ON_HOME),
    ),
  }
}
