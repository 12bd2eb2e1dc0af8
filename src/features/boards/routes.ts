import { Type } from 'typebox'
import { boardPage } from '../../../views/boards/board-page.ts'
import { boardsPage } from '../../../views/boards/boards-page.ts'
import { crossingPage } from '../../../views/boards/crossing-page.ts'
import { homePage } from '../../../views/boards/home-page.ts'
import type { Forum } from '../../platform/forum.ts'
import type { App } from '../../platform/http/app.ts'
import { notFound } from '../../platform/http/errors.ts'
import { Slug } from '../../platform/http/shapes.ts'
import { unreadThreads } from '../reading/queries.ts'
import { levelOfBoard, levelOfCrossing } from '../subscriptions/queries.ts'
import { CURSOR_PATTERN, readCursor } from '../threads/cursor.ts'
import { threadLines } from '../threads/lines.ts'
import { boardThreads, crossingThreadsBefore, liveliestThreads, newestThreads } from '../threads/queries.ts'
import { type Board, type BoardKind, boardCatalogue } from './catalogue.ts'
import { metBoards } from './met-boards.ts'
import { allCrossings, crossingBetween, crossingsOf, mappedCrossings, threadCounts } from './queries.ts'

/** People without an account all see the same. */
const SHARED = { config: { sharedPage: true } }

/** As people without an account are. */
const NOT_SUBSCRIBED = 'none' as const

const Before = Type.Optional(Type.String({ pattern: CURSOR_PATTERN }))

/** The home page, the lists of boards, each board, and each crossing. */
export function boardRoutes(app: App, forum: Forum): void {
  const { database } = forum

  app.get('/', SHARED, async (request, reply) => {
    request.outdates = ['threads']
    const catalogue = await boardCatalogue(forum)
    const [crossings, liveliest, newest] = await Promise.all([
      mappedCrossings(database),
      liveliestThreads(database, request.member),
      newestThreads(database, request.member),
    ])
    const cells = new Map(crossings.map((crossing) => [`${crossing.cityId} ${crossing.technologyId}`, crossing]))
    const { cities, technologies } = catalogue
    return reply.html(
      homePage(request.page, {
        map: { cities, technologies, cell: (city, technology) => cells.get(`${city.id} ${technology.id}`) ?? null },
        liveliest: threadLines(catalogue, liveliest),
        newest: threadLines(catalogue, newest),
      }),
    )
  })

  for (const [kind, path] of [
    ['city', '/cities'],
    ['technology', '/technologies'],
  ] as const) {
    app.get(path, SHARED, async (request, reply) => {
      request.outdates = ['counts']
      return reply.html(boardsPage(request.page, kind, await boardList(kind)))
    })
  }

  async function boardList(kind: BoardKind) {
    const catalogue = await boardCatalogue(forum)
    const [counts, crossings] = await Promise.all([threadCounts(database), allCrossings(database)])
    const boards = kind === 'city' ? catalogue.cities : catalogue.technologies
    return boards.map((board) => ({
      ...board,
      threadCount: counts.get(board.id) ?? 0,
      met: metBoards(catalogue, board, crossings),
    }))
  }

  const boardSchema = {
    params: Type.Object({ slug: Slug }),
    querystring: Type.Object({ before: Before, sort: Type.Optional(Type.Enum(['active', 'new'])) }),
  }
  for (const [kind, path] of [
    ['city', '/cities/:slug'],
    ['technology', '/technologies/:slug'],
  ] as const) {
    app.get(path, { ...SHARED, schema: boardSchema }, async (request, reply) => {
      const { before, sort: order = 'active' } = request.query
      const board = await boardWith(kind, request.params.slug)
      request.outdates = [`board ${board.id}`]
      request.shownPlace = { board: board.id, technology: null }
      const { member } = request
      const [catalogue, crossings, threads, unread, level] = await Promise.all([
        boardCatalogue(forum),
        crossingsOf(database, board.id),
        boardThreads(database, board.id, order, readCursor(before), member),
        member && unreadThreads(database, board.id, member),
        member ? levelOfBoard(database, member.id, board.id) : NOT_SUBSCRIBED,
      ])
      return reply.html(
        boardPage(request.page, {
          board,
          met: metBoards(catalogue, board, crossings),
          threads: threadLines(catalogue, threads.rows),
          order,
          unread,
          level,
          next: threads.next,
        }),
      )
    })
  }

  const crossingSchema = {
    params: Type.Object({ slug: Slug, technology: Slug }),
    querystring: Type.Object({ before: Before }),
  }
  app.get('/cities/:slug/:technology', { ...SHARED, schema: crossingSchema }, async (request, reply) => {
    const city = await boardWith('city', request.params.slug)
    const technology = await boardWith('technology', request.params.technology)
    request.outdates = [`board ${city.id}`]
    request.shownPlace = { board: city.id, technology: technology.id }
    const { member } = request
    const [catalogue, crossing, threads, level] = await Promise.all([
      boardCatalogue(forum),
      crossingBetween(database, city.id, technology.id),
      crossingThreadsBefore(database, city.id, technology.id, readCursor(request.query.before), member),
      member ? levelOfCrossing(database, member.id, city.id, technology.id) : NOT_SUBSCRIBED,
    ])
    return reply.html(
      crossingPage(request.page, {
        city,
        technology,
        note: crossing?.note ?? null,
        level,
        threads: threadLines(catalogue, threads.rows),
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
