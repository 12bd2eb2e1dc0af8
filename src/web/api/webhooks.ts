import type { FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { boardCatalogue } from '../../forum/boards/catalogue.ts'
import type { Forum } from '../../forum/forum.ts'
import { addWebhook } from '../../forum/webhooks/add-webhook.ts'
import { removeWebhook, sendAgain, switchOnWebhook } from '../../forum/webhooks/change-webhook.ts'
import { deliveriesOf, webhookOf, webhooksOf } from '../../forum/webhooks/queries.ts'
import { json, nothing } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { DELIVERY_STATES, WEBHOOK_EVENTS } from '../../schema/enums.ts'
import { memberOf } from '../members/recognise-members.ts'
import { GROUPS, lineOf, NewWebhook } from '../settings/shown-webhooks.ts'
import { Id } from '../shapes.ts'
import { needs } from './access.ts'
import { Limit, linkNext, listOf } from './lists.ts'
import { Moment, nullable, Placed } from './shapes.ts'

const Webhook = Type.Object(
  {
    id: Type.Integer(),
    address: Type.String(),
    events: Type.Array(Type.Enum(GROUPS)),
    boards: Type.Array(Type.String(), {
      description: 'The board, or city and technology, that it is about; none: all',
    }),
    created_at: Moment,
    failing_since: nullable(Moment),
    off_at: nullable(
      Type.String({ format: 'date-time', description: 'Since when it is told nothing, as it failed too long' }),
    ),
  },
  { title: 'Webhook' },
)

const MadeWebhook = Type.Object(
  {
    ...Webhook.properties,
    secret: Type.String({ description: 'By which its messages are signed (Standard Webhooks); told this once' }),
  },
  { title: 'MadeWebhook' },
)

const Delivery = Type.Object(
  {
    id: Type.Integer(),
    type: Type.Enum([...WEBHOOK_EVENTS]),
    thread: nullable(Type.Integer({ description: 'Null: it is out of sight' })),
    number: nullable(Type.Integer()),
    happened_at: Moment,
    state: Type.Enum([...DELIVERY_STATES]),
    tries: Type.Integer(),
    next_try_at: nullable(Moment),
    last_tried_at: nullable(Moment),
    status: nullable(Type.Integer({ description: 'What it was answered' })),
    problem: nullable(Type.String()),
  },
  { title: 'Delivery' },
)

/**
 * A member's webhooks. One about flags needs a moderator's token with the scope `moderate`. Some addresses are secrets,
 * because whoever knows them can write there, so a token with only `read` does not get them.
 */
export function webhookRoutes(api: App, forum: Forum): void {
  const { database } = forum
  const params = Type.Object({ id: Id })

  const listing = { config: needs('write', 'list_webhooks'), schema: { response: { 200: listOf(Webhook) } } }
  api.get('/settings/webhooks', listing, async (request) => {
    const [webhooks, catalogue] = await Promise.all([webhooksOf(database, memberOf(request).id), boardCatalogue(forum)])
    return { items: webhooks.map((webhook) => asJson(lineOf(catalogue, webhook))) }
  })

  const adding = {
    config: needs('write', 'add_webhook'),
    schema: { body: NewWebhook, response: { 201: { ...json(MadeWebhook), headers: Placed } } },
  }
  api.post('/settings/webhooks', adding, async (request, reply) => {
    const { url, events = [], city = '', technology = '' } = request.body
    const { id, secret } = await addWebhook(forum, memberOf(request), { url, events, city, technology })
    reply.code(201).header('location', `/api/v1/settings/webhooks/${id}`)
    return { ...(await one(request, id)), secret }
  })

  const reading = { config: needs('write', 'read_webhook'), schema: { params, response: { 200: json(Webhook) } } }
  api.get('/settings/webhooks/:id', reading, (request) => one(request, request.params.id))

  const Deliveries = Type.Object({ before: Type.Optional(Id), limit: Limit })
  const logging = {
    config: needs('read', 'list_deliveries'),
    schema: { params, querystring: Deliveries, response: { 200: listOf(Delivery) } },
  }
  api.get('/settings/webhooks/:id/deliveries', logging, async (request, reply) => {
    const { before, limit } = request.query
    const { id } = await webhookOf(database, memberOf(request).id, request.params.id)
    const { rows, next } = await deliveriesOf(database, id, before, limit)
    linkNext(request, reply, 'before', next)
    const items = rows.map(({ thread, happenedAt, nextTryAt, lastTriedAt, ...delivery }) => ({
      ...delivery,
      thread: thread?.id ?? null,
      happened_at: happenedAt.toISOString(),
      next_try_at: nextTryAt?.toISOString() ?? null,
      last_tried_at: lastTriedAt?.toISOString() ?? null,
    }))
    return { items }
  })

  const changing = { schema: { params, response: { 204: nothing } } }
  const removing = { ...changing, config: needs('write', 'remove_webhook') }
  api.post('/settings/webhooks/:id/remove', removing, async (request, reply) => {
    await removeWebhook(forum, memberOf(request).id, request.params.id)
    return reply.code(204).send()
  })
  const switchingOn = { ...changing, config: needs('write', 'switch_on_webhook') }
  api.post('/settings/webhooks/:id/on', switchingOn, async (request, reply) => {
    await switchOnWebhook(forum, memberOf(request).id, request.params.id)
    return reply.code(204).send()
  })

  const again = {
    config: needs('write', 'send_again'),
    schema: { params: Type.Object({ id: Id, delivery: Id }), response: { 204: nothing } },
  }
  api.post('/settings/webhooks/:id/deliveries/:delivery/again', again, async (request, reply) => {
    const { id, delivery } = request.params
    await sendAgain(forum, memberOf(request).id, id, delivery)
    return reply.code(204).send()
  })

  async function one(request: FastifyRequest, id: number): Promise<Static<typeof Webhook>> {
    const webhook = await webhookOf(database, memberOf(request).id, id)
    return asJson(lineOf(await boardCatalogue(forum), webhook))
  }
}

function asJson({ id, url, events, place, ...webhook }: ReturnType<typeof lineOf>): Static<typeof Webhook> {
  return {
    ...{ id, address: url, events },
    boards: place.map(({ slug }) => slug),
    created_at: webhook.createdAt.toISOString(),
    failing_since: webhook.failingSince?.toISOString() ?? null,
    off_at: webhook.offAt?.toISOString() ?? null,
  }
}
