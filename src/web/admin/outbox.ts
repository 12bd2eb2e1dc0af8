import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { outboxMailPage } from '../../../views/admin/outbox-mail-page.ts'
import { outboxPage } from '../../../views/admin/outbox-page.ts'
import type { FieldMessages } from '../../../views/page.ts'
import { lastTestMail, mailQueue, sendMailAgain, sendTestMail } from '../../forum/administration/mail-queue.ts'
import { readOutbox, readOutboxMail } from '../../forum/administration/read-outbox.ts'
import type { Forum } from '../../forum/forum.ts'
import { emailOfMember } from '../../forum/members/email-addresses.ts'
import { ADDRESS_PATTERN, LONGEST_ADDRESS } from '../../forum/members/email-key.ts'
import { htmlPage, seeOther } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { sentForm } from '../../platform/http/forms/sent-form.ts'
import { MAIL_POLICY } from '../../platform/http/security-headers.ts'
import { notFound } from '../../platform/problem.ts'
import { type Html, safeHtml } from '../../platform/text/html.ts'
import { memberOf } from '../members/recognise-members.ts'
import { Id } from '../shapes.ts'
import { administers } from './administers.ts'

const Query = Type.Object({ before: Type.Optional(Id) })

/** The mails that wait or have failed, a test mail, and the mails of a forum that has no server to send them. */
export function outboxRoutes(app: App, forum: Forum): void {
  const { config } = forum
  const response = { 200: htmlPage }
  const list = { schema: { querystring: Query, response }, preValidation: administers(forum) }
  app.get('/admin/outbox', list, async (request, reply) => reply.html(await shown(request, {})))

  const testing = {
    schema: {
      body: Type.Object({ address: Type.String({ pattern: ADDRESS_PATTERN, maxLength: LONGEST_ADDRESS }) }),
      response: { 303: seeOther },
    },
    preValidation: administers(forum),
    config: { formAgain: shown },
  }
  app.post('/admin/outbox/test', testing, async (request, reply) => {
    await sendTestMail(forum, memberOf(request), request.body.address)
    return reply.tell({ key: 'done.test_mail', values: {} }).redirect('/admin/outbox#test-mail', 303)
  })

  const again = {
    schema: { params: Type.Object({ id: Id }), response: { 303: seeOther } },
    preValidation: administers(forum),
  }
  app.post('/admin/outbox/:id/again', again, async (request, reply) => {
    await sendMailAgain(forum, request.params.id)
    return reply.tell({ key: 'done.mail_again', values: {} }).redirect('/admin/outbox', 303)
  })

  const one = {
    schema: { params: Type.Object({ number: Id }), response },
    preValidation: administers(forum),
  }
  app.get('/admin/outbox/:number', one, async (request, reply) => {
    const mail = await readOutboxMail(config.dataDir, request.params.number)
    if (!mail) throw notFound('outbox.not_found')
    return reply.html(outboxMailPage(request.page, mail))
  })

  /** The mail as mail programs show it. Its style is inline; the policy stops scripts, loads and forms. */
  app.get('/admin/outbox/:number/html', one, async (request, reply) => {
    const mail = await readOutboxMail(config.dataDir, request.params.number)
    if (!mail) throw notFound('outbox.not_found')
    return reply.header('content-security-policy', MAIL_POLICY).html(safeHtml(mail.html))
  })

  async function shown(request: FastifyRequest, messages: FieldMessages): Promise<Html> {
    const { before = Number.MAX_SAFE_INTEGER } = Value.Check(Query, request.query) ? request.query : {}
    const [files, queue, test, own] = await Promise.all([
      readOutbox(config.dataDir, before),
      mailQueue(forum),
      lastTestMail(forum),
      emailOfMember(forum.database, memberOf(request).id),
    ])
    const address = sentForm(request).list('address')[0] ?? own?.address ?? ''
    const toServer = config.smtpUrl !== null
    return outboxPage(request.page, { ...files, ...queue, test, address, toServer, messages })
  }
}
