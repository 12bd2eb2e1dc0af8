import { type Static, Type } from 'typebox'
import type { Forum } from '../../forum/forum.ts'
import type { Actor } from '../../forum/members/permissions.ts'
import { addNote } from '../../forum/moderation/add-note.ts'
import { type CasePage, readCasePage } from '../../forum/moderation/case-page.ts'
import { claimCase } from '../../forum/moderation/claim-case.ts'
import { decideCase } from '../../forum/moderation/decide-case.ts'
import { readOpenCases } from '../../forum/moderation/open-cases.ts'
import { type LoggedAct, readLog } from '../../forum/moderation/read-log.ts'
import { postPath } from '../../paths.ts'
import { json } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { ACT_KINDS, CASE_KINDS, DECISIONS, FLAG_REASONS } from '../../schema/enums.ts'
import { memberOf } from '../members/recognise-members.ts'
import { Deciding, Note } from '../moderation/cases.ts'
import { moderates } from '../moderation/moderates.ts'
import { Id } from '../shapes.ts'
import { needs } from './access.ts'
import { gathered, Limit, linkNext, listOf } from './lists.ts'
import { Moment, nullable } from './shapes.ts'

const OpenCase = Type.Object(
  {
    id: Type.Integer(),
    kind: Type.Enum([...CASE_KINDS]),
    opened_at: Moment,
    flag_count: Type.Integer(),
    escalated: Type.Boolean(),
    claimed_by: nullable(Type.String()),
    member: nullable(Type.String({ description: 'Whom it is about' })),
    excerpt: nullable(Type.String()),
    reasons: Type.Array(Type.Enum([...FLAG_REASONS])),
  },
  { title: 'OpenCase' },
)

const Said = Type.Object({ by: nullable(Type.String()), body: Type.String(), at: Moment })

const Case = Type.Object(
  {
    id: Type.Integer(),
    kind: Type.Enum([...CASE_KINDS]),
    opened_at: Moment,
    closed_at: nullable(Moment),
    escalated: Type.Boolean(),
    claimed_by: nullable(Type.String()),
    member: nullable(Type.String()),
    words: nullable(Type.String({ description: 'What an appeal, or somebody who asks to join, says' })),
    decision: nullable(Type.Enum([...DECISIONS])),
    statement: nullable(Type.String()),
    decided_by: nullable(Type.String()),
    post: nullable(
      Type.Object({
        id: Type.Integer(),
        thread: Type.Integer(),
        number: Type.Integer(),
        url: Type.String(),
        author: nullable(Type.String()),
        html: nullable(Type.String()),
        excerpt: Type.String(),
        version: Type.Integer({ description: 'To be sent with the decision' }),
      }),
    ),
    flags: Type.Array(
      Type.Object({
        by: nullable(Type.String()),
        reason: Type.Enum([...FLAG_REASONS]),
        note: Type.String(),
        at: Moment,
      }),
    ),
    notices: Type.Array(
      Type.Object({ url: Type.String(), reason: Type.Enum([...FLAG_REASONS]), explanation: Type.String(), at: Moment }),
    ),
    notes: Type.Array(Said),
  },
  { title: 'Case' },
)

const Act = Type.Object(
  {
    id: Type.Integer(),
    kind: Type.Enum([...ACT_KINDS]),
    at: Moment,
    by: nullable(Type.String({ description: 'Null: the command line, or the forum by itself' })),
    member: nullable(Type.String({ description: 'Whom it concerns' })),
    thread: nullable(Type.Integer()),
    number: nullable(Type.Integer()),
    board: nullable(Type.String()),
    reason: nullable(Type.String()),
    before: Type.Object({}, { description: 'What it changed, from what …', additionalProperties: true }),
    after: Type.Object({}, { description: '… to what', additionalProperties: true }),
  },
  { title: 'Act' },
)

/** The cases that wait for moderators, and the moderation log. */
export function caseRoutes(api: App, forum: Forum): void {
  const params = Type.Object({ id: Id })
  const answered = { 200: json(Case) }

  const listing = {
    config: needs('moderate', 'list_cases'),
    schema: {
      querystring: Type.Object({ after: Type.Optional(Id), limit: Limit }),
      response: { 200: listOf(OpenCase) },
    },
    preValidation: moderates,
  }
  api.get('/moderation', listing, async (request, reply) => {
    const { after, limit } = request.query
    const { items, next } = await gathered(limit, after, async (from, most) => {
      const { cases, next } = await readOpenCases(forum, from ?? null)
      const items = cases.slice(0, most)
      return { items, next: items.length < cases.length ? (items.at(-1)?.id ?? null) : next }
    })
    linkNext(request, reply, 'after', next === null ? null : String(next))
    return {
      items: items.map(({ id, kind, openedAt, flagCount, escalated, claimedBy, member, excerpt, reasons }) => ({
        ...{ id, kind, escalated, member, excerpt, reasons },
        opened_at: openedAt.toISOString(),
        flag_count: flagCount,
        claimed_by: claimedBy,
      })),
    }
  })

  const reading = {
    config: needs('moderate', 'read_case'),
    schema: { params, response: answered },
    preValidation: moderates,
  }
  api.get('/moderation/cases/:id', reading, (request) => caseWith(request.params.id, memberOf(request)))

  const deciding = {
    config: needs('moderate', 'decide_case'),
    schema: { params, body: Deciding, response: answered },
    preValidation: moderates,
  }
  api.post('/moderation/cases/:id', deciding, async (request) => {
    const { id } = request.params
    const { decision, statement = '', version } = request.body
    await decideCase(forum, { id, by: memberOf(request), decision, statement, version })
    return caseWith(id, memberOf(request))
  })

  const claiming = {
    config: needs('moderate', 'claim_case'),
    schema: { params, response: answered },
    preValidation: moderates,
  }
  api.post('/moderation/cases/:id/claim', claiming, async (request) => {
    await claimCase(forum, request.params.id, memberOf(request))
    return caseWith(request.params.id, memberOf(request))
  })

  const noting = {
    config: needs('moderate', 'note_case'),
    schema: { params, body: Note, response: { 201: json(Case) } },
    preValidation: moderates,
  }
  api.post('/moderation/cases/:id/notes', noting, async (request, reply) => {
    await addNote(forum, request.params.id, memberOf(request), request.body.body)
    reply.code(201)
    return caseWith(request.params.id, memberOf(request))
  })

  const Asked = Type.Object({
    member: Type.Optional(Type.String({ maxLength: 200 })),
    thread: Type.Optional(Id),
    kind: Type.Optional(Type.Enum([...ACT_KINDS])),
    before: Type.Optional(Id),
    limit: Limit,
  })
  const logging = {
    config: needs('moderate', 'read_log'),
    schema: { querystring: Asked, response: { 200: listOf(Act) } },
    preValidation: moderates,
  }
  api.get('/moderation/log', logging, async (request, reply) => {
    const { limit, ...asked } = request.query
    const { acts, next } = await readLog(forum, { ...asked, most: limit })
    linkNext(request, reply, 'before', next)
    return { items: acts.map(actAsJson) }
  })

  async function caseWith(id: number, reader: Actor): Promise<Static<typeof Case>> {
    return caseAsJson(await readCasePage(forum, id, reader))
  }
}

const at = (moment: Date) => moment.toISOString()

function caseAsJson({ post, flags, notices, notes, ...found }: CasePage): Static<typeof Case> {
  const { id, kind, openedAt, closedAt, escalatedAt, claimedBy, member, words, decision, statement, decidedBy } = found
  return {
    ...{ id, kind, member, words, decision, statement },
    opened_at: at(openedAt),
    closed_at: closedAt && at(closedAt),
    escalated: escalatedAt !== null,
    claimed_by: claimedBy,
    decided_by: decidedBy,
    post: post && {
      ...{ id: post.id, thread: post.thread.id, number: post.number, author: post.author, version: post.editCount },
      url: postPath(post.thread, post.number),
      html: post.words.bodyHtml?.toString() ?? null,
      excerpt: post.words.excerpt,
    },
    flags: flags.map((flag) => ({ ...flag, at: at(flag.at) })),
    notices: notices.map((notice) => ({ ...notice, at: at(notice.at) })),
    notes: notes.map((note) => ({ ...note, at: at(note.at) })),
  }
}

function actAsJson({ thread, board, at: moment, ...act }: LoggedAct): Static<typeof Act> {
  const { id, kind, by, member, number, reason, before, after } = act
  return {
    ...{ id, kind, by, member, number, reason, before, after },
    at: at(moment),
    thread: thread?.id ?? null,
    board: board?.slug ?? null,
  }
}
