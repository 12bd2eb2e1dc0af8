import { Type } from 'typebox'
import { boardPage } from '../../../views/boards/board-page.ts'
import { boardsPage } from '../../../views/boards/boards-page.ts'
import { crossingPage } from '../../../views/boards/crossing-page.ts'
import { homePage } from '../../../views/boards/home-page.ts'
import { type Board, boardCatalogue } from '../../forum/boards/catalogue.ts'
import { crossedBoards } from '../../forum/boards/crossed-boards.ts'
import { openCrossings } from '../../forum/boards/crossings.ts'
import { threadCounts } from '../../forum/boards/queries.ts'
import { CURSOR_PATTERN, olderPage, readCursor } from '../../forum/discussion/cursor.ts'
import { readerOfBoard } from '../../forum/following/reading-queries.ts'
import { levelOfCrossing } from '../../forum/following/subscription-queries.ts'
import {
  boardThreads,
  crossingThreadsBefore,
  liveliestThreads,
  newestThreads,
} from '../../forum/following/thread-lists.ts'
import type { Forum } from '../../forum/forum.ts'
import { boardPath, crossingPath } from '../../paths.ts'
import { htmlPage } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { notFound } from '../../platform/problem.ts'
import type { BoardKind } from '../../schema/enums.ts'
import { countAsSeen } from '../following/count-pages-as-read.ts'
import { keptAt } from '../kept-at.ts'
import { Slug } from '../shapes.ts'
import { threadLines } from '../threads/thread-list-items.ts'

/** People without an account all see the same. */
const SHARED = { config: { sharedPage: true } }

const response = { 200: htmlPage }

/** What people without an account have read, and follow. */
const NOBODY = { unread: null, level: 'none' } as const

const Before = Type.Optional(Type.String({ pattern: CURSOR_PATTERN }))

/** The home page, the lists of boards, each board, and each crossing. */
export function boardRoutes(app: App, forum: Forum): void {
  const { database } = forum
  const crossingsNow = openCrossings(forum)

  app.get('/', { ...SHARED, schema: { response } }, async (request, reply) => {
    request.keptAt = keptAt('/', 'threads')
    const catalogue = await boardCatalogue(forum)
    const [crossings, liveliest, newest] = await Promise.all([
      crossingsNow(),
      liveliestThreads(database, request.member),
      newestThreads(database, request.member),
    ])
    const { cities, technologies } = catalogue
    return reply.html(
      homePage(request.page, {
        map: {
          cities,
          technologies,
          cell: (city, technology) => crossings.between(city.id, technology.id),
          made: crossings.maps,
        },
        liveliest: threadLines(catalogue, liveliest),
        newest: threadLines(catalogue, newest),
      }),
    )
  })

  for (const [kind, path] of [
    ['city', '/cities'],
    ['technology', '/technologies'],
  ] as const) {
    app.get(path, { ...SHARED, schema: { response } }, async (request, reply) => {
      request.keptAt = keptAt(path, 'counts')
      return reply.html(boardsPage(request.page, kind, await boardList(kind)))
    })
  }

  async function boardList(kind: BoardKind) {
    const catalogue = await boardCatalogue(forum)
    const [counts, crossings] = await Promise.all([threadCounts(database), crossingsNow()])
    const boards = kind === 'city' ? catalogue.cities : catalogue.technologies
    return boards.map((board) => ({
      ...board,
      threadCount: counts.get(board.id) ?? 0,
      crossed: crossedBoards(catalogue, board, crossings.of(board.id)),
    }))
  }

  const boardSchema = {
    params: Type.Object({ slug: Slug }),
    querystring: Type.Object({ before: Before, sort: Type.Optional(Type.Enum(['active', 'new'])) }),
    response,
  }
  for (const [kind, path] of [
    ['city', '/cities/:slug'],
    ['technology', '/technologies/:slug'],
  ] as const) {
    app.get(path, { ...SHARED, schema: boardSchema }, async (request, reply) => {
      const { before, sort: order = 'active' } = request.query
      const board = await boardWith(kind, request.params.slug)
      const path = order === 'new' ? `${boardPath(board)}?sort=new` : boardPath(board)
      if (!before) request.keptAt = keptAt(path, `board:${board.id}`)
      countAsSeen(forum, request, reply, { board: board.id, technology: null })
      const { member } = request
      const [catalogue, crossings, threads, reader] = await Promise.all([
        boardCatalogue(forum),
        crossingsNow(),
        boardThreads(database, board.id, order, readCursor(before), member),
        member ? readerOfBoard(database, board.id, member) : NOBODY,
      ])
      return reply.html(
        boardPage(request.page, {
          board,
          crossed: crossedBoards(catalogue, board, crossings.of(board.id)),
          threads: threadLines(catalogue, threads.rows),
          order,
          ...reader,
          older: olderPage(before),
          next: threads.next,
        }),
      )
    })
  }

  const crossingSchema = {
    params: Type.Object({ slug: Slug, technology: Slug }),
    querystring: Type.Object({ before: Before }),
    response,
  }
  app.get('/cities/:slug/:technology', { ...SHARED, schema: crossingSchema }, async (request, reply) => {
    const city = await boardWith('city', request.params.slug)
    const technology = await boardWith('technology', request.params.technology)
    const { before } = request.query
    if (!before) request.keptAt = keptAt(crossingPath(city, technology), `board:${city.id}`)
    countAsSeen(forum, request, reply, { board: city.id, technology: technology.id })
    const { member } = request
    const [catalogue, crossings, threads, level] = await Promise.all([
      boardCatalogue(forum),
      crossingsNow(),
      crossingThreadsBefore(database, city.id, technology.id, readCursor(before), member),
      member ? levelOfCrossing(database, member.id, city.id, technology.id) : NOBODY.level,
    ])
    return reply.html(
      crossingPage(request.page, {
        city,
        technology,
        note: crossings.between(city.id, technology.id)?.note ?? null,
        level,
        threads: threadLines(catalogue, threads.rows),
        older: olderPage(before),
        next: threads.next,
      }),
    )
  })

  async function boardWith(kind: BoardKind, slug: string): Promise<Board> {
    const board = (await boardCatalogue(forum)).withSlug(slug)
    if (board?.kind !== kind) throw notFound('boards.not_found')
    return board
  }
}
