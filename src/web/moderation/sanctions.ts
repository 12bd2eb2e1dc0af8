import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { memberPage } from '../../../views/members/member-page.ts'
import type { FieldMessages } from '../../../views/page.ts'
import { readMemberPage } from '../../forum/discussion/member-page.ts'
import type { Forum } from '../../forum/forum.ts'
import { imposeSanction, LONGEST_DAYS } from '../../forum/moderation/impose-sanction.ts'
import { liftSanctions } from '../../forum/moderation/lift-sanctions.ts'
import { LONGEST_HOURS, purgeMember, undoPurge } from '../../forum/moderation/purge-member.ts'
import { memberPath } from '../../paths.ts'
import { seeOther } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { sentForm } from '../../platform/http/forms/sent-form.ts'
import { notFound } from '../../platform/problem.ts'
import type { Html } from '../../platform/text/html.ts'
import { aboutMember } from '../members/profile.ts'
import { memberOf } from '../members/recognise-members.ts'
import { sentReason } from '../threads/sent-reason.ts'
import { moderates } from './moderates.ts'

const Username = Type.Object({ username: Type.String({ maxLength: 200 }) })
const Hours = Type.Integer({ minimum: 1, maximum: LONGEST_HOURS })
export const Days = Type.Optional(Type.Union([Type.Integer({ minimum: 1, maximum: LONGEST_DAYS }), Type.Literal('')]))

/** Moderators warn, silence and ban members, and lift that. */
export function sanctionRoutes(app: App, forum: Forum): void {
  const response = { 303: seeOther }
  const acting = { preValidation: moderates, config: { formAgain } }

  const imposing = { ...acting, schema: { params: Username, body: Type.Object({ days: Days }), response } }
  for (const kind of ['warn', 'silence', 'ban'] as const) {
    app.post(`/members/:username/${kind}`, imposing, async (request, reply) => {
      const { username } = request.params
      const days = request.body?.days || null
      await imposeSanction(forum, { username, kind, by: memberOf(request), reason: sentReason(request), days })
      return reply.tell({ key: `done.${kind}`, values: { name: username } }).redirect(memberPath(username), 303)
    })
  }

  app.post('/members/:username/lift', { ...acting, schema: { params: Username, response } }, async (request, reply) => {
    const { username } = request.params
    await liftSanctions(forum, { username, by: memberOf(request), reason: sentReason(request) })
    return reply.tell({ key: 'done.lift', values: { name: username } }).redirect(memberPath(username), 303)
  })

  const purging = { ...acting, schema: { params: Username, body: Type.Object({ hours: Hours }), response } }
  app.post('/members/:username/purge', purging, async (request, reply) => {
    const { username } = request.params
    const sent = { username, by: memberOf(request), reason: sentReason(request), hours: request.body.hours }
    await purgeMember(forum, sent)
    return reply.tell({ key: 'done.purge', values: { name: username } }).redirect(memberPath(username), 303)
  })
  app.post(
    '/members/:username/unpurge',
    { ...acting, schema: { params: Username, response } },
    async (request, reply) => {
      const { username } = request.params
      await undoPurge(forum, { username, by: memberOf(request), reason: sentReason(request) })
      return reply.tell({ key: 'done.unpurge', values: { name: username } }).redirect(memberPath(username), 303)
    },
  )

  async function formAgain(request: FastifyRequest, messages: FieldMessages): Promise<Html> {
    const { username } = Object(request.params)
    const member = await readMemberPage(forum, String(username))
    if (!member) throw notFound('members.not_found')
    const sent = sentForm(request)
    const form = { reason: sent.text('reason'), days: sent.text('days'), hours: sent.text('hours'), messages }
    return memberPage(request.page, { ...member, ...(await aboutMember(forum, request, member, form)) })
  }
}
