import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { noticePage } from '../../../views/moderation/notice-page.ts'
import { reportPage } from '../../../views/moderation/report-page.ts'
import type { FieldMessages } from '../../../views/page.ts'
import type { Forum } from '../../forum/forum.ts'
import { ADDRESS_PATTERN, LONGEST_ADDRESS } from '../../forum/members/email-key.ts'
import { readNotice } from '../../forum/moderation/notices/read-notice.ts'
import { receiveNotice } from '../../forum/moderation/notices/receive-notice.ts'
import { LONGEST_STATEMENT } from '../../limits.ts'
import { htmlPage, seeOther } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { formTime } from '../../platform/http/forms/form-time.ts'
import { sentForm } from '../../platform/http/forms/sent-form.ts'
import { invalidField } from '../../platform/problem.ts'
import { networkDigest } from '../../platform/rate-limits/rate-limits.ts'
import type { Html } from '../../platform/text/html.ts'
import { isSeen } from '../../platform/text/markdown/is-seen.ts'
import { FLAG_REASONS } from '../../schema/enums.ts'
import { mustBeFilledInByHand } from '../filled-in-by-hand.ts'

const LONGEST_URL = 2_000
const Report = Type.Object({
  url: Type.String({ minLength: 1, maxLength: LONGEST_URL }),
  reason: Type.Enum([...FLAG_REASONS]),
  explanation: Type.String({ minLength: 1, maxLength: LONGEST_STATEMENT }),
  name: Type.Optional(Type.String({ maxLength: 200 })),
  email: Type.Optional(
    Type.Union([Type.Literal(''), Type.String({ pattern: ADDRESS_PATTERN, maxLength: LONGEST_ADDRESS })]),
  ),
  good_faith: Type.Optional(Type.String({ maxLength: 10 })),
  website: Type.Optional(Type.String({ maxLength: 1_000 })),
  shown: Type.Optional(Type.String({ maxLength: 200 })),
})
export const NoticeCode = Type.Object({ code: Type.String({ pattern: '^[a-z0-9]{10,40}$' }) })

/** Notices by people without an account, and their state. */
export function reportRoutes(app: App, forum: Forum): void {
  const query = Type.Object({ about: Type.Optional(Type.String({ maxLength: LONGEST_URL })) })
  app.get('/report', { schema: { querystring: query, response: { 200: htmlPage } } }, async (request, reply) =>
    reply.html(await form(request, {}, request.query.about)),
  )

  const receiving = { schema: { body: Report, response: { 303: seeOther } }, config: { formAgain: form } }
  app.post('/report', receiving, async (request, reply) => {
    const { url, reason, explanation, name = '', email = '', good_faith: goodFaith } = request.body
    mustBeFilledInByHand(forum, request.body)
    if (goodFaith !== 'yes') throw invalidField('good_faith', 'report.needs_good_faith')
    if (!isSeen(explanation)) throw invalidField('explanation', 'errors.empty')
    const code = await receiveNotice(forum, {
      ...{ url: url.trim(), reason, explanation: explanation.trim(), name: name.trim(), email },
      language: request.page.language,
      hosts: [request.host, new URL(forum.config.origin).host],
      place: networkDigest(request),
    })
    return reply.redirect(`/report/${code}`, 303)
  })

  const shown = { schema: { params: NoticeCode, response: { 200: htmlPage } } }
  app.get('/report/:code', shown, async (request, reply) => {
    const { code } = request.params
    const notice = await readNotice(forum, code)
    return reply.header('x-robots-tag', 'noindex').html(noticePage(request.page, { ...notice, code }))
  })

  async function form(request: FastifyRequest, messages: FieldMessages, about = ''): Promise<Html> {
    const sent = sentForm(request)
    const address = about.startsWith('/') ? `${request.page.origin ?? ''}${about}` : ''
    return reportPage(request.page, {
      url: sent.text('url') || address,
      reason: sent.text('reason'),
      explanation: sent.text('explanation'),
      name: sent.text('name'),
      email: sent.text('email'),
      goodFaith: sent.text('good_faith') === 'yes',
      shown: formTime(forum.secret),
      messages,
    })
  }
}
