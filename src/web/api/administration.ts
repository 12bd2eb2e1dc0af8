import { type Static, Type } from 'typebox'
import { undoBoardChange } from '../../forum/administration/undo-board-change.ts'
import { archiveBoard } from '../../forum/boards/archive-board.ts'
import { boardCatalogue } from '../../forum/boards/catalogue.ts'
import { changeBoard } from '../../forum/boards/change-board.ts'
import { createBoard } from '../../forum/boards/create-board.ts'
import { mergeBoards } from '../../forum/boards/merge-boards.ts'
import { everyBoard, wholeBoard } from '../../forum/boards/whole-boards.ts'
import { NEWEST_ID } from '../../forum/discussion/cursor.ts'
import type { Forum } from '../../forum/forum.ts'
import { changeRole } from '../../forum/members/administer-member.ts'
import { findMembers, MEMBER_STATES } from '../../forum/members/find-members.ts'
import { json, nothing } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { queuedJobs, tryAgain } from '../../platform/jobs/queue-state.ts'
import { invalidField, notFound } from '../../platform/problem.ts'
import { BOARD_KINDS, ROLES } from '../../schema/enums.ts'
import { fieldsIn, NOTHING, SentBoard } from '../admin/sent-board.ts'
import { memberOf } from '../members/recognise-members.ts'
import { Id, Slug } from '../shapes.ts'
import { needs } from './access.ts'
import { administersByToken } from './administers-by-token.ts'
import { wordedAsJson } from './as-json.ts'
import { Limit, linkNext, listOf } from './lists.ts'
import { ActToUndo, Moment, nullable, Role, Worded } from './shapes.ts'

const WholeBoard = Type.Object(
  {
    slug: Type.String(),
    kind: Type.Enum([...BOARD_KINDS]),
    name: Worded,
    summary: Worded,
    latitude: nullable(Type.Number()),
    longitude: nullable(Type.Number()),
    position: Type.Integer(),
    archived_at: nullable(Moment),
  },
  { title: 'WholeBoard' },
)

const MemberLine = Type.Object(
  {
    id: Type.Integer(),
    username: nullable(Type.String()),
    role: Role,
    created_at: Moment,
    waiting_since: nullable(Type.String({ format: 'date-time', description: 'Waits to be let in' })),
    silenced_until: nullable(Moment),
    banned_at: nullable(Moment),
  },
  { title: 'MemberLine' },
)

const Job = Type.Object(
  {
    id: Type.String(),
    task: Type.String(),
    attempts: Type.Integer(),
    run_at: Moment,
    problem: nullable(Type.String()),
    given_up: Type.Boolean(),
  },
  { title: 'Job' },
)

/** What admins do on their pages, for an admin's token with the scope `moderate`. */
export function administrationRoutes(api: App, forum: Forum): void {
  const { database } = forum
  const preValidation = administersByToken
  const params = Type.Object({ slug: Slug })
  const answered = { 200: json(WholeBoard) }

  const listing = {
    config: needs('moderate', 'list_boards'),
    schema: { response: { 200: listOf(WholeBoard) } },
    preValidation,
  }
  api.get('/admin/boards', listing, async () => ({ items: (await everyBoard(database)).map(boardAsJson) }))

  const making = {
    config: needs('moderate', 'make_board'),
    schema: { body: SentBoard, response: { 201: json(WholeBoard) } },
    preValidation,
  }
  api.post('/admin/boards', making, async (request, reply) => {
    const { kind } = request.body
    if (!kind) throw invalidField('kind', 'errors.none_chosen')
    const fields = fieldsIn(request.body, { ...NOTHING, kind })
    await createBoard(forum, memberOf(request).id, fields)
    reply.code(201)
    return boardCalled(fields.slug)
  })

  const changing = {
    config: needs('moderate', 'change_board'),
    schema: { params, body: SentBoard, response: answered },
    preValidation,
  }
  api.patch('/admin/boards/:slug', changing, async (request) => {
    const now = await wholeBoardCalled(request.params.slug)
    if (request.body.kind && request.body.kind !== now.kind) throw invalidField('kind', 'boards.kind_stays')
    const { kind: _, ...fields } = fieldsIn(request.body, now)
    await changeBoard(forum, memberOf(request).id, now.id, fields)
    return boardCalled(fields.slug)
  })

  for (const [verb, does] of [
    ['archive', 'archive_board'],
    ['unarchive', 'unarchive_board'],
  ] as const) {
    const acting = { config: needs('moderate', does), schema: { params, response: answered }, preValidation }
    api.post(`/admin/boards/:slug/${verb}`, acting, async (request) => {
      const { id, slug } = await wholeBoardCalled(request.params.slug)
      await archiveBoard(forum, memberOf(request).id, id, verb === 'archive')
      return boardCalled(slug)
    })
  }

  const undoing = {
    config: needs('moderate', 'undo_board_change'),
    schema: { params, body: ActToUndo, response: answered },
    preValidation,
  }
  api.post('/admin/boards/:slug/undo', undoing, async (request) => {
    const { id } = await wholeBoardCalled(request.params.slug)
    await undoBoardChange(forum, memberOf(request).id, id, request.body.act)
    const board = await wholeBoard(database, id)
    if (!board) throw notFound('boards.not_found')
    return boardAsJson(board)
  })

  const Merge = Type.Object({ into: Type.String({ maxLength: 400, description: 'The slug of another of its kind' }) })
  const merging = {
    config: needs('moderate', 'merge_board'),
    schema: { params, body: Merge, response: answered },
    preValidation,
  }
  api.post('/admin/boards/:slug/merge', merging, async (request) => {
    const { id } = await wholeBoardCalled(request.params.slug)
    await mergeBoards(forum, memberOf(request).id, id, request.body.into)
    return boardCalled(request.body.into)
  })

  const Members = Type.Object({
    q: Type.Optional(Type.String({ maxLength: 200, description: 'How the name begins' })),
    role: Type.Optional(Type.Enum([...ROLES])),
    state: Type.Optional(Type.Enum([...MEMBER_STATES])),
    before: Type.Optional(Id),
    limit: Limit,
  })
  const finding = {
    config: needs('moderate', 'find_members'),
    schema: { querystring: Members, response: { 200: listOf(MemberLine) } },
    preValidation,
  }
  api.get('/admin/members', finding, async (request, reply) => {
    const { q = '', role, state, before = NEWEST_ID, limit } = request.query
    const { members, next } = await findMembers(database, { name: q.trim(), role, state, before, most: limit })
    linkNext(request, reply, 'before', next)
    const items = members.map(({ id, username, role, ...member }) => ({
      ...{ id, username, role },
      created_at: member.createdAt.toISOString(),
      waiting_since: member.waitingSince?.toISOString() ?? null,
      silenced_until: member.silencedUntil?.toISOString() ?? null,
      banned_at: member.bannedAt?.toISOString() ?? null,
    }))
    return { items }
  })

  const giving = {
    config: needs('moderate', 'give_role'),
    schema: {
      params: Type.Object({ username: Type.String({ maxLength: 200 }) }),
      body: Type.Object({ role: Role }),
      response: { 204: nothing },
    },
    preValidation,
  }
  api.post('/admin/members/:username/role', giving, async (request, reply) => {
    await changeRole(forum, request.params.username, request.body.role, memberOf(request).id)
    return reply.code(204).send()
  })

  const jobs = { config: needs('moderate', 'list_jobs'), schema: { response: { 200: listOf(Job) } }, preValidation }
  api.get('/admin/jobs', jobs, async () => {
    const queued = await queuedJobs(database)
    const items = queued.map(({ id, task, attempts, runAt, problem, givenUp }) => ({
      ...{ id, task, attempts, run_at: runAt.toISOString(), problem, given_up: givenUp },
    }))
    return { items }
  })

  const again = {
    config: needs('moderate', 'try_job_again'),
    schema: { params: Type.Object({ id: Id }), response: { 204: nothing } },
    preValidation,
  }
  api.post('/admin/jobs/:id/again', again, async (request, reply) => {
    if (!(await tryAgain(database, String(request.params.id)))) throw notFound()
    return reply.code(204).send()
  })

  async function wholeBoardCalled(slug: string) {
    const known = (await boardCatalogue(forum)).withSlug(slug)
    const board = known && (await wholeBoard(database, known.id))
    if (!board) throw notFound('boards.not_found')
    return board
  }

  const boardCalled = async (slug: string) => boardAsJson(await wholeBoardCalled(slug))
}

function boardAsJson(board: Awaited<ReturnType<typeof everyBoard>>[number]): Static<typeof WholeBoard> {
  const { slug, kind, name, summary, latitude, longitude, position, archivedAt } = board
  return {
    ...{ slug, kind, latitude, longitude, position },
    name: wordedAsJson(name),
    summary: wordedAsJson(summary),
    archived_at: archivedAt?.toISOString() ?? null,
  }
}
