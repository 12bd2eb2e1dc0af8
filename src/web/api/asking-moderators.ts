import { Type } from 'typebox'
import type { Forum } from '../../forum/forum.ts'
import { appeal, readAppeal } from '../../forum/moderation/appeal.ts'
import { readNotice } from '../../forum/moderation/notices/read-notice.ts'
import { LONGEST_STATEMENT } from '../../limits.ts'
import { json } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { DECISIONS, FLAG_REASONS, SANCTIONS } from '../../schema/enums.ts'
import { memberOf } from '../members/recognise-members.ts'
import { NoticeCode } from '../moderation/report.ts'
import { needs, open } from './access.ts'
import { Moment, nullable } from './shapes.ts'

const Appealed = Type.Object(
  {
    sanction: nullable(
      Type.Object({ kind: Type.Enum([...SANCTIONS]), reason: Type.String(), until: nullable(Moment) }),
    ),
    appeal: nullable(
      Type.Object(
        {
          words: nullable(Type.String()),
          closed_at: nullable(Moment),
          decision: nullable(Type.String()),
          statement: nullable(Type.String()),
        },
        { description: 'Null: you have not appealed' },
      ),
    ),
  },
  { title: 'Appealed', description: 'What holds for you, and what has become of your appeal' },
)

const Notice = Type.Object(
  {
    url: Type.String(),
    reason: Type.Enum([...FLAG_REASONS]),
    explanation: Type.String(),
    created_at: Moment,
    closed_at: nullable(Moment),
    decision: nullable(Type.Enum([...DECISIONS])),
    statement: nullable(Type.String()),
  },
  { title: 'Notice' },
)

/** Appeals against sanctions, and the state of a notice. */
export function askingModeratorsRoutes(api: App, forum: Forum): void {
  const reading = { config: needs('read', 'read_appeal'), schema: { response: { 200: json(Appealed) } } }
  api.get('/appeal', reading, (request) => appealed(memberOf(request).id))

  const appealing = {
    config: needs('write', 'appeal'),
    schema: {
      body: Type.Object({ body: Type.String({ maxLength: LONGEST_STATEMENT }) }),
      response: { 201: json(Appealed) },
    },
  }
  api.post('/appeal', appealing, async (request, reply) => {
    const { id } = memberOf(request)
    await appeal(forum, id, request.body.body)
    reply.code(201)
    return appealed(id)
  })

  const noticing = { config: open('read_notice'), schema: { params: NoticeCode, response: { 200: json(Notice) } } }
  api.get('/report/:code', noticing, async (request) => {
    const { createdAt, closedAt, ...notice } = await readNotice(forum, request.params.code)
    return { ...notice, created_at: createdAt.toISOString(), closed_at: closedAt?.toISOString() ?? null }
  })

  async function appealed(member: number) {
    const { sanction, appeal } = await readAppeal(forum.database, member)
    return {
      sanction: sanction && {
        kind: sanction.kind,
        reason: sanction.reason,
        until: sanction.until?.toISOString() ?? null,
      },
      appeal: appeal && {
        words: appeal.words,
        closed_at: appeal.closedAt?.toISOString() ?? null,
        decision: appeal.decision,
        statement: appeal.statement,
      },
    }
  }
}
