import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { FieldMessages } from '../../../views/page.ts'
import { webhookPage } from '../../../views/settings/webhook-page.ts'
import { webhooksPage } from '../../../views/settings/webhooks-page.ts'
import { boardCatalogue } from '../../forum/boards/catalogue.ts'
import type { Forum } from '../../forum/forum.ts'
import { mayModerate } from '../../forum/members/permissions.ts'
import { addWebhook } from '../../forum/webhooks/add-webhook.ts'
import { removeWebhook, sendAgain, switchOnWebhook } from '../../forum/webhooks/change-webhook.ts'
import { deliveriesOf, webhookOf, webhooksOf } from '../../forum/webhooks/queries.ts'
import { htmlPage, seeOther } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { sentForm } from '../../platform/http/forms/sent-form.ts'
import type { Html } from '../../platform/text/html.ts'
import { freshLogin } from '../members/fresh-login.ts'
import { memberOf, signedIn } from '../members/recognise-members.ts'
import { Id } from '../shapes.ts'
import { GROUPS, lineOf, NewWebhook } from './shown-webhooks.ts'

const OneWebhook = Type.Object({ id: Id })

/** A member's webhooks. */
export function webhookRoutes(app: App, forum: Forum): void {
  const { database } = forum

  const list = { schema: { response: { 200: htmlPage } }, preValidation: signedIn }
  app.get('/settings/webhooks', list, async (request, reply) => reply.html(await listPage(request, {})))

  const adding = {
    schema: { body: NewWebhook, response: { 200: htmlPage } },
    // Asks for the password, because the webhook goes on after a new one.
    preValidation: freshLogin(forum),
    config: { formAgain: listPage },
  }
  app.post('/settings/webhooks', adding, async (request, reply) => {
    const { url, events = [], city = '', technology = '' } = request.body
    const { secret } = await addWebhook(forum, memberOf(request), { url, events, city, technology })
    return reply.html(await listPage(request, {}, secret))
  })

  const one = {
    schema: {
      params: OneWebhook,
      querystring: Type.Object({ before: Type.Optional(Id) }),
      response: { 200: htmlPage },
    },
    preValidation: signedIn,
  }
  app.get('/settings/webhooks/:id', one, async (request, reply) => {
    const [webhook, catalogue] = await Promise.all([
      webhookOf(database, memberOf(request).id, request.params.id),
      boardCatalogue(forum),
    ])
    const { rows: deliveries, next } = await deliveriesOf(database, webhook.id, request.query.before)
    return reply.html(webhookPage(request.page, { webhook: lineOf(catalogue, webhook), deliveries, next }))
  })

  const changing = { schema: { params: OneWebhook, response: { 303: seeOther } }, preValidation: signedIn }
  app.post('/settings/webhooks/:id/remove', changing, async (request, reply) => {
    await removeWebhook(forum, memberOf(request).id, request.params.id)
    return reply.tell({ key: 'done.webhook_removed', values: {} }).redirect('/settings/webhooks', 303)
  })

  app.post('/settings/webhooks/:id/on', changing, async (request, reply) => {
    const { id } = request.params
    await switchOnWebhook(forum, memberOf(request).id, id)
    return reply.tell({ key: 'done.webhook_on', values: {} }).redirect(`/settings/webhooks/${id}`, 303)
  })

  const again = {
    schema: { params: Type.Object({ id: Id, delivery: Id }), response: { 303: seeOther } },
    preValidation: signedIn,
  }
  app.post('/settings/webhooks/:id/deliveries/:delivery/again', again, async (request, reply) => {
    const { id, delivery } = request.params
    await sendAgain(forum, memberOf(request).id, id, delivery)
    return reply.tell({ key: 'done.webhook_again', values: {} }).redirect(`/settings/webhooks/${id}`, 303)
  })

  async function listPage(
    request: FastifyRequest,
    messages: FieldMessages,
    secret: string | null = null,
  ): Promise<Html> {
    const [webhooks, catalogue] = await Promise.all([webhooksOf(database, memberOf(request).id), boardCatalogue(forum)])
    const sent = sentForm(request)
    const isNew = request.method === 'GET' || secret !== null
    return webhooksPage(request.page, {
      webhooks: webhooks.map((webhook) => lineOf(catalogue, webhook)),
      cities: catalogue.cities,
      technologies: catalogue.technologies,
      offered: GROUPS.filter((group) => group !== 'flag' || mayModerate(memberOf(request))),
      secret,
      typed: isNew
        ? { url: '', events: ['thread', 'reply'], city: '', technology: '' }
        : {
            url: sent.text('url'),
            events: sent.list('events'),
            city: sent.text('city'),
            technology: sent.text('technology'),
          },
      messages,
    })
  }
}
