import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { casePage } from '../../../views/moderation/case-page.ts'
import { queuePage } from '../../../views/moderation/queue-page.ts'
import type { FieldMessages } from '../../../views/page.ts'
import type { Forum } from '../../forum/forum.ts'
import { mayAdminister } from '../../forum/members/permissions.ts'
import { addNote } from '../../forum/moderation/add-note.ts'
import { readCasePage } from '../../forum/moderation/case-page.ts'
import { claimCase } from '../../forum/moderation/claim-case.ts'
import { decideCase } from '../../forum/moderation/decide-case.ts'
import { readOpenCases } from '../../forum/moderation/open-cases.ts'
import { LONGEST_REASON, LONGEST_STATEMENT } from '../../limits.ts'
import { htmlPage, seeOther } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { sentForm } from '../../platform/http/forms/sent-form.ts'
import type { Html } from '../../platform/text/html.ts'
import { DECISIONS } from '../../schema/enums.ts'
import { memberOf } from '../members/recognise-members.ts'
import { Id } from '../shapes.ts'
import { idIn } from '../threads/thread-in-address.ts'
import { moderates } from './moderates.ts'

const params = Type.Object({ id: Id })
export const Deciding = Type.Object({
  decision: Type.Enum([...DECISIONS]),
  statement: Type.Optional(Type.String({ maxLength: LONGEST_STATEMENT })),
  /** How often the post was edited before the moderator read it. */
  version: Type.Optional(Type.Integer({ minimum: 0, maximum: 2 ** 31 - 1 })),
})
export const Note = Type.Object({ body: Type.String({ maxLength: LONGEST_REASON }) })

/** The queue of cases, and the page of each case. */
export function caseRoutes(app: App, forum: Forum): void {
  const query = Type.Object({ after: Type.Optional(Id) })
  const listing = { schema: { querystring: query, response: { 200: htmlPage } }, preValidation: moderates }
  app.get('/moderation', listing, async (request, reply) =>
    reply.html(queuePage(request.page, await readOpenCases(forum, request.query.after ?? null))),
  )

  const shown = { schema: { params, response: { 200: htmlPage } }, preValidation: moderates }
  app.get('/moderation/cases/:id', shown, async (request, reply) => reply.html(await page(request, {})))

  const acting = { preValidation: moderates, config: { formAgain: page } }
  const deciding = { ...acting, schema: { params, body: Deciding, response: { 303: seeOther } } }
  app.post('/moderation/cases/:id', deciding, async (request, reply) => {
    const { id } = request.params
    const { decision, statement = '', version } = request.body
    await decideCase(forum, { id, by: memberOf(request), decision, statement, version })
    const key = decision === 'escalate' ? 'done.case_escalated' : 'done.case_decided'
    return reply.tell({ key, values: { id } }).redirect('/moderation', 303)
  })

  const claiming = { schema: { params, response: { 303: seeOther } }, preValidation: moderates }
  app.post('/moderation/cases/:id/claim', claiming, async (request, reply) => {
    const { id } = request.params
    await claimCase(forum, id, memberOf(request))
    return reply.redirect(`/moderation/cases/${id}`, 303)
  })

  const noting = { ...acting, schema: { params, body: Note, response: { 303: seeOther } } }
  app.post('/moderation/cases/:id/notes', noting, async (request, reply) => {
    const { id } = request.params
    await addNote(forum, id, memberOf(request), request.body.body)
    return reply.redirect(`/moderation/cases/${id}#notes`, 303)
  })

  async function page(request: FastifyRequest, messages: FieldMessages): Promise<Html> {
    const member = memberOf(request)
    const sent = sentForm(request)
    return casePage(request.page, {
      ...(await readCasePage(forum, idIn(request), member)),
      administers: mayAdminister(member),
      typed: { statement: sent.text('statement'), body: sent.text('body') },
      messages,
    })
  }
}
