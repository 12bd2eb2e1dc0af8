import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { BoardForm } from '../../../views/admin/board-fields.ts'
import { boardFormPage } from '../../../views/admin/board-form-page.ts'
import { boardsAdminPage } from '../../../views/admin/boards-admin-page.ts'
import type { FieldMessages } from '../../../views/page.ts'
import { undoBoardChange } from '../../forum/administration/undo-board-change.ts'
import { archiveBoard } from '../../forum/boards/archive-board.ts'
import type { BoardFields } from '../../forum/boards/board-fields.ts'
import { type Board, boardCatalogue } from '../../forum/boards/catalogue.ts'
import { changeBoard } from '../../forum/boards/change-board.ts'
import { createBoard } from '../../forum/boards/create-board.ts'
import { mergeBoards } from '../../forum/boards/merge-boards.ts'
import { everyBoard, wholeBoard } from '../../forum/boards/whole-boards.ts'
import type { Forum } from '../../forum/forum.ts'
import { htmlPage, seeOther } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { sentForm } from '../../platform/http/forms/sent-form.ts'
import { invalidField, notFound } from '../../platform/problem.ts'
import type { Html } from '../../platform/text/html.ts'
import { worded } from '../../platform/text/i18n/worded.ts'
import { memberOf } from '../members/recognise-members.ts'
import { Id, Slug } from '../shapes.ts'
import { administers } from './administers.ts'
import { fieldsIn, NOTHING, SentBoard } from './sent-board.ts'

const params = Type.Object({ slug: Slug })

/** The pages on which admins make, change, archive and merge boards. */
export function boardAdminRoutes(app: App, forum: Forum): void {
  const { database } = forum
  const response = { 200: htmlPage }
  app.get('/admin/boards', { schema: { response }, preValidation: administers(forum) }, async (request, reply) =>
    reply.html(await list(request, {})),
  )

  const making = {
    schema: { body: SentBoard, response: { 303: seeOther } },
    preValidation: administers(forum),
    config: { formAgain: list },
  }
  app.post('/admin/boards', making, async (request, reply) => {
    const { kind } = request.body
    if (!kind) throw invalidField('kind', 'errors.none_chosen')
    const fields = fieldsIn(request.body, { ...NOTHING, kind })
    await createBoard(forum, memberOf(request).id, fields)
    const name = worded(fields.name, request.page.language)
    return reply.tell({ key: 'done.board_made', values: { name } }).redirect(`/admin/boards/${fields.slug}`, 303)
  })

  const one = { preValidation: administers(forum), schema: { params, response } }
  app.get('/admin/boards/:slug', one, async (request, reply) => reply.html(await form(request, {})))

  const changing = {
    preValidation: administers(forum),
    schema: { params, body: SentBoard, response: { 303: seeOther } },
    config: { formAgain: form },
  }
  app.post('/admin/boards/:slug', changing, async (request, reply) => {
    const board = await boardIn(request)
    const now = await wholeBoard(database, board.id)
    if (!now) throw notFound('boards.not_found')
    if (request.body.kind && request.body.kind !== now.kind) throw invalidField('kind', 'boards.kind_stays')
    const { kind: _, ...fields } = fieldsIn(request.body, now)
    await changeBoard(forum, memberOf(request).id, board.id, fields)
    return reply.tell({ key: 'done.saved', values: {} }).redirect(`/admin/boards/${fields.slug}`, 303)
  })

  for (const verb of ['archive', 'unarchive'] as const) {
    const acting = { preValidation: administers(forum), schema: { params, response: { 303: seeOther } } }
    app.post(`/admin/boards/:slug/${verb}`, acting, async (request, reply) => {
      const board = await boardIn(request)
      await archiveBoard(forum, memberOf(request).id, board.id, verb === 'archive')
      const values = { name: worded(board.name, request.page.language) }
      return reply.tell({ key: `done.board_${verb}d`, values }).redirect(`/admin/boards/${board.slug}`, 303)
    })
  }

  const undoing = {
    preValidation: administers(forum),
    schema: { params, body: Type.Object({ act: Id }), response: { 303: seeOther } },
  }
  app.post('/admin/boards/:slug/undo', undoing, async (request, reply) => {
    const board = await boardIn(request)
    await undoBoardChange(forum, memberOf(request).id, board.id, request.body.act)
    const values = { name: worded(board.name, request.page.language) }
    return reply.tell({ key: 'done.board_undone', values }).redirect('/moderation/log', 303)
  })

  const merging = {
    preValidation: administers(forum),
    schema: { params, body: Type.Object({ into: Type.String({ maxLength: 400 }) }), response: { 303: seeOther } },
    config: { formAgain: form },
  }
  app.post('/admin/boards/:slug/merge', merging, async (request, reply) => {
    const board = await boardIn(request)
    const { into } = request.body
    await mergeBoards(forum, memberOf(request).id, board.id, into)
    const values = { name: worded(board.name, request.page.language) }
    return reply.tell({ key: 'done.board_merged', values }).redirect(`/admin/boards/${encodeURIComponent(into)}`, 303)
  })

  async function boardIn({ params }: FastifyRequest): Promise<Board> {
    const board = (await boardCatalogue(forum)).withSlug(String(Object(params).slug))
    if (!board) throw notFound('boards.not_found')
    return board
  }

  async function list(request: FastifyRequest, messages: FieldMessages): Promise<Html> {
    const boards = await everyBoard(database)
    const made = asSent(request, formOf({ ...NOTHING, kind: 'city', position: boards.length }))
    return boardsAdminPage(request.page, { boards: boards.map(lineOf), form: made, messages })
  }

  async function form(request: FastifyRequest, messages: FieldMessages): Promise<Html> {
    const { id } = await boardIn(request)
    const boards = await everyBoard(database)
    const board = boards.find((other) => other.id === id)
    if (!board) throw notFound('boards.not_found')
    const others = boards.filter((other) => other.kind === board.kind && other.id !== id).map(lineOf)
    const into = sentForm(request).text('into')
    return boardFormPage(request.page, {
      ...{ board: lineOf(board), form: asSent(request, formOf(board)), others, into, messages },
    })
  }
}

const lineOf = ({ archivedAt, ...board }: Awaited<ReturnType<typeof everyBoard>>[number]) => ({
  ...board,
  archived: archivedAt !== null,
})

const formOf = ({ kind, slug, name, summary, latitude, longitude, position }: BoardFields): BoardForm => ({
  kind,
  slug,
  name_fr: name.fr ?? '',
  name_en: name.en ?? '',
  summary_fr: summary.fr ?? '',
  summary_en: summary.en ?? '',
  latitude: latitude === null ? '' : String(latitude),
  longitude: longitude === null ? '' : String(longitude),
  position: String(position),
})

/** The form with the values that were sent, for when it comes back with errors. */
function asSent(request: FastifyRequest, form: BoardForm): BoardForm {
  const sent = sentForm(request)
  const of = (name: keyof BoardForm) => sent.list(name)[0] ?? form[name]
  return {
    kind: of('kind'),
    slug: of('slug'),
    name_fr: of('name_fr'),
    name_en: of('name_en'),
    summary_fr: of('summary_fr'),
    summary_en: of('summary_en'),
    latitude: of('latitude'),
    longitude: of('longitude'),
    position: of('position'),
  }
}
