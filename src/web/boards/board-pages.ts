import { Type } from 'typebox'
import type { MadeMap } from '../../../views/boards/board-map.ts'
import { boardPage } from '../../../views/boards/board-page.ts'
import { boardsPage } from '../../../views/boards/boards-page.ts'
import { crossingPage } from '../../../views/boards/crossing-page.ts'
import { homePage } from '../../../views/boards/home-page.ts'
import { boardList } from '../../forum/boards/board-list.ts'
import type { Crossings } from '../../forum/boards/crossings.ts'
import { findBoard, findCrossing } from '../../forum/boards/find-board.ts'
import { CURSOR_PATTERN } from '../../forum/discussion/cursor.ts'
import { readBoardPage, readCrossingPage, readHomePage } from '../../forum/following/board-pages.ts'
import type { Forum } from '../../forum/forum.ts'
import { boardPath, crossingPath } from '../../paths.ts'
import { htmlPage, moved } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import type { Language } from '../../platform/text/i18n/languages.ts'
import { countAsSeen } from '../following/count-pages-as-read.ts'
import { keptAt, pinnedTags } from '../kept-at.ts'
import { Slug } from '../shapes.ts'
import { atPresentAddress } from './present-address.ts'

/** The page is the same for everybody without an account. */
const SHARED = { config: { sharedPage: true } }

const response = { 200: htmlPage }
const ofBoard = { ...response, 301: moved }

const Before = Type.Optional(Type.String({ pattern: CURSOR_PATTERN }))

/** The home page, the lists of boards, each board, and each crossing. */
export function boardRoutes(app: App, forum: Forum, crossingsNow: () => Promise<Crossings>): void {
  /** The parts of the home page's map in each language, until the crossings change. */
  const maps = new WeakMap<Crossings, Map<Language, MadeMap>>()

  app.get('/', { ...SHARED, schema: { response } }, async (request, reply) => {
    request.keptAt = keptAt('/', 'threads')
    const { crossings, liveliest, newest, ...boards } = await readHomePage(forum, crossingsNow, request.member)
    const made = maps.get(crossings) ?? new Map<Language, MadeMap>()
    maps.set(crossings, made)
    const cell = (city: { id: number }, technology: { id: number }) => crossings.between(city.id, technology.id)
    return reply.html(homePage(request.page, { map: { ...boards, cell, made }, liveliest, newest }))
  })

  for (const [kind, path] of [
    ['city', '/cities'],
    ['technology', '/technologies'],
  ] as const) {
    app.get(path, { ...SHARED, schema: { response } }, async (request, reply) => {
      request.keptAt = keptAt(path, 'counts')
      return reply.html(boardsPage(request.page, kind, await boardList(forum, crossingsNow, kind)))
    })
  }

  const preHandler = atPresentAddress(forum)
  const boardSchema = {
    params: Type.Object({ slug: Slug }),
    querystring: Type.Object({ before: Before, sort: Type.Optional(Type.Enum(['active', 'new'])) }),
    response: ofBoard,
  }
  for (const [kind, path] of [
    ['city', '/cities/:slug'],
    ['technology', '/technologies/:slug'],
  ] as const) {
    app.get(path, { ...SHARED, schema: boardSchema, preHandler }, async (request, reply) => {
      const { before, sort: order = 'active' } = request.query
      const board = await findBoard(forum, kind, request.params.slug)
      const path = order === 'new' ? `${boardPath(board)}?sort=new` : boardPath(board)
      countAsSeen(forum, request, reply, { board: board.id, technology: null })
      const shown = await readBoardPage(forum, crossingsNow, board, { order, before }, request.member)
      if (!before) request.keptAt = keptAt(path, `board:${board.id}`, ...pinnedTags(shown.threads))
      return reply.html(boardPage(request.page, shown))
    })
  }

  const crossingSchema = {
    params: Type.Object({ slug: Slug, technology: Slug }),
    querystring: Type.Object({ before: Before }),
    response: ofBoard,
  }
  app.get('/cities/:slug/:technology', { ...SHARED, schema: crossingSchema, preHandler }, async (request, reply) => {
    const { city, technology } = await findCrossing(forum, request.params.slug, request.params.technology)
    const { before } = request.query
    countAsSeen(forum, request, reply, { board: city.id, technology: technology.id })
    const shown = await readCrossingPage(forum, crossingsNow, { city, technology }, { before }, request.member)
    const tags = pinnedTags(shown.threads)
    if (!before) request.keptAt = keptAt(crossingPath(city, technology), `board:${city.id}`, ...tags)
    return reply.html(crossingPage(request.page, shown))
  })
}
