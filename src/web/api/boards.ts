import { Type } from 'typebox'
import { boardList } from '../../forum/boards/board-list.ts'
import { boardCatalogue } from '../../forum/boards/catalogue.ts'
import type { Crossings } from '../../forum/boards/crossings.ts'
import { findBoard, findCrossing } from '../../forum/boards/find-board.ts'
import { readBoardPage, readCrossingPage } from '../../forum/following/board-pages.ts'
import { markBoardRead } from '../../forum/following/mark-board-read.ts'
import type { Forum } from '../../forum/forum.ts'
import { json, moved, nothing } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { notFound } from '../../platform/problem.ts'
import { atPresentAddress } from '../boards/present-address.ts'
import { memberOf } from '../members/recognise-members.ts'
import { Slug } from '../shapes.ts'
import { needs, open } from './access.ts'
import { boardAsJson, threadAsJson, wordedAsJson } from './as-json.ts'
import { gathered, LINK, Limit, linkNext, listOf } from './lists.ts'
import { Before, Board, Level, nullable, Sort, Thread, Worded } from './shapes.ts'

const ListedBoard = Type.Object(
  {
    ...Board.properties,
    thread_count: Type.Integer(),
    crosses: Type.Array(Type.String(), { description: 'Slugs of the boards that it has something in common with' }),
  },
  { title: 'ListedBoard' },
)

const BoardAlone = Type.Object(
  {
    ...Board.properties,
    crosses: ListedBoard.properties.crosses,
    level: Level,
    unread: nullable(Type.Integer({ description: 'Threads that you have not read to their end' })),
    items: Type.Array(Thread),
  },
  { title: 'BoardAlone' },
)

const CrossingAlone = Type.Object(
  {
    city: Board,
    technology: Board,
    note: nullable(Worded),
    level: Level,
    items: Type.Array(Thread),
  },
  { title: 'CrossingAlone' },
)

export function boardRoutes(api: App, forum: Forum, crossingsNow: () => Promise<Crossings>): void {
  for (const [kind, path, list, one] of [
    ['city', '/cities', 'list_cities', 'read_city'],
    ['technology', '/technologies', 'list_technologies', 'read_technology'],
  ] as const) {
    api.get(path, { config: open(list), schema: { response: { 200: listOf(ListedBoard) } } }, async () => {
      const boards = await boardList(forum, crossingsNow, kind)
      return {
        items: boards.map((board) => ({
          ...boardAsJson(board),
          thread_count: board.threadCount,
          crosses: board.crossed.map(({ slug }) => slug),
        })),
      }
    })

    const reading = {
      preHandler: atPresentAddress(forum),
      config: open(one),
      schema: {
        params: Type.Object({ slug: Slug }),
        querystring: Type.Object({ sort: Sort, before: Before, limit: Limit }),
        response: { 200: { ...json(BoardAlone), headers: LINK }, 301: moved },
      },
    }
    api.get(`${path}/:slug`, reading, async (request, reply) => {
      const { sort: order = 'active', before, limit } = request.query
      const board = await findBoard(forum, kind, request.params.slug)
      const page = await gathered(limit, before, async (from, most) => {
        const asked = { order, before: from, most }
        const read = await readBoardPage(forum, crossingsNow, board, asked, request.member)
        return { ...read, items: read.threads }
      })
      linkNext(request, reply, 'before', page.next)
      return {
        ...boardAsJson(board),
        crosses: page.crossed.map(({ slug }) => slug),
        level: page.level,
        unread: page.unread,
        items: page.items.map(threadAsJson),
      }
    })
  }

  const crossing = {
    preHandler: atPresentAddress(forum),
    config: open('read_crossing'),
    schema: {
      params: Type.Object({ slug: Slug, technology: Slug }),
      querystring: Type.Object({ before: Before, limit: Limit }),
      response: { 200: { ...json(CrossingAlone), headers: LINK }, 301: moved },
    },
  }
  api.get('/cities/:slug/:technology', crossing, async (request, reply) => {
    const { before, limit } = request.query
    const boards = await findCrossing(forum, request.params.slug, request.params.technology)
    const page = await gathered(limit, before, async (from, most) => {
      const read = await readCrossingPage(forum, crossingsNow, boards, { before: from, most }, request.member)
      return { ...read, items: read.threads }
    })
    linkNext(request, reply, 'before', page.next)
    return {
      city: boardAsJson(boards.city),
      technology: boardAsJson(boards.technology),
      note: page.note && wordedAsJson(page.note),
      level: page.level,
      items: page.items.map(threadAsJson),
    }
  })

  const marking = {
    config: needs('write', 'mark_board_read'),
    schema: { params: Type.Object({ slug: Slug }), response: { 204: nothing } },
  }
  api.post('/boards/:slug/read', marking, async (request, reply) => {
    const board = (await boardCatalogue(forum)).withSlug(request.params.slug)
    if (!board) throw notFound('boards.not_found')
    await markBoardRead(forum, memberOf(request).id, board.id)
    return reply.code(204).send()
  })
}
