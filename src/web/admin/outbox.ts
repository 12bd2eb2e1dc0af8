import { Type } from 'typebox'
import { outboxMailPage } from '../../../views/admin/outbox-mail-page.ts'
import { outboxPage } from '../../../views/admin/outbox-page.ts'
import { readOutbox, readOutboxMail } from '../../forum/administration/read-outbox.ts'
import type { Forum } from '../../forum/forum.ts'
import { htmlPage } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { MAIL_POLICY } from '../../platform/http/security-headers.ts'
import { notFound } from '../../platform/problem.ts'
import { safeHtml } from '../../platform/text/html.ts'
import { Id } from '../shapes.ts'
import { administers } from './administers.ts'

/** The mails of a forum that has no server to send them. */
export function outboxRoutes(app: App, forum: Forum): void {
  const { config } = forum
  const response = { 200: htmlPage }
  const query = Type.Object({ before: Type.Optional(Id) })
  const list = { schema: { querystring: query, response }, preValidation: administers(forum) }
  app.get('/admin/outbox', list, async (request, reply) => {
    const shown = await readOutbox(config.dataDir, request.query.before ?? Number.MAX_SAFE_INTEGER)
    return reply.html(outboxPage(request.page, { ...shown, toServer: config.smtpUrl !== null }))
  })

  const one = { schema: { params: Type.Object({ number: Id }), response }, preValidation: administers(forum) }
  app.get('/admin/outbox/:number', one, async (request, reply) => {
    const mail = await readOutboxMail(config.dataDir, request.params.number)
    if (!mail) throw notFound('outbox.not_found')
    return reply.html(outboxMailPage(request.page, mail))
  })

  /** As mail programs show it. The style is in its elements; nothing of it may run, load or be sent. */
  app.get('/admin/outbox/:number/html', one, async (request, reply) => {
    const mail = await readOutboxMail(config.dataDir, request.params.number)
    if (!mail) throw notFound('outbox.not_found')
    return reply.header('content-security-policy', MAIL_POLICY).html(safeHtml(mail.html))
  })
}
