import { type Static, Type } from 'typebox'
import { digestsOf } from '../../forum/digests/settings.ts'
import type { Forum } from '../../forum/forum.ts'
import { revokeToken } from '../../forum/members/api/end-tokens.ts'
import { tokensOf } from '../../forum/members/api/find-token.ts'
import { pushBrowsersOf, removePushBrowser } from '../../forum/push/push-browsers.ts'
import { json, nothing } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { RHYTHMS, SCOPES } from '../../schema/enums.ts'
import { memberOf } from '../members/recognise-members.ts'
import { changeDigests } from '../settings/change-digests.ts'
import { Id } from '../shapes.ts'
import { needs } from './access.ts'
import { listOf } from './lists.ts'
import { Moment, nullable } from './shapes.ts'

const Day = Type.String({ format: 'date' })

const Token = Type.Object(
  {
    id: Type.Integer(),
    name: Type.String(),
    scopes: Type.Array(Type.Enum([...SCOPES])),
    created_on: Day,
    expires_on: Day,
    last_used_on: nullable(Day),
    this_one: Type.Boolean({ description: 'The one that asks' }),
  },
  { title: 'Token' },
)

const Digests = Type.Object(
  {
    rhythm: Type.Enum([...RHYTHMS]),
    weekday: Type.Integer({ minimum: 1, maximum: 7, description: 'Of a weekly digest; 1 is Monday' }),
    hour: Type.Integer({ minimum: 0, maximum: 23 }),
    time_zone: Type.String({ maxLength: 60, description: 'An IANA name' }),
    notify_by_mail: Type.Boolean({ description: 'Whether what concerns you is also sent by mail, at once' }),
  },
  { title: 'Digests', description: 'What is sent to your address, if you have one' },
)

const PushBrowser = Type.Object(
  { id: Type.Integer(), device: Type.String(), created_at: Moment },
  { title: 'PushBrowser', description: 'A browser in which you are told at once that there is something new' },
)

/** A member's tokens, digests and push browsers. No route here makes a token. */
export function ownAccountRoutes(api: App, forum: Forum): void {
  const listing = { config: needs('read', 'list_tokens'), schema: { response: { 200: listOf(Token) } } }
  api.get('/settings/tokens', listing, async (request) => {
    const tokens = await tokensOf(forum.database, memberOf(request).id)
    return {
      items: tokens.map(({ id, name, scopes, createdOn, expiresOn, lastUsedOn }) => ({
        ...{ id, name, scopes, created_on: createdOn, expires_on: expiresOn, last_used_on: lastUsedOn },
        this_one: id === request.token?.id,
      })),
    }
  })

  const revoking = {
    config: needs('write', 'revoke_token'),
    schema: { params: Type.Object({ id: Id }), response: { 204: nothing } },
  }
  api.post('/settings/tokens/:id/revoke', revoking, async (request, reply) => {
    await revokeToken(forum, memberOf(request).id, request.params.id)
    return reply.code(204).send()
  })

  const reading = { config: needs('read', 'read_digests'), schema: { response: { 200: json(Digests) } } }
  api.get('/settings/email', reading, (request) => digests(memberOf(request).id))

  const choosing = {
    config: needs('write', 'choose_digests'),
    schema: { body: Type.Partial(Digests), response: { 200: json(Digests) } },
  }
  api.patch('/settings/email', choosing, async (request) => {
    const { id } = memberOf(request)
    const { rhythm, weekday, hour, time_zone: timeZone, notify_by_mail: notifyByMail } = request.body
    await changeDigests(forum, id, { rhythm, weekday, hour, timeZone, notifyByMail })
    return digests(id)
  })

  const browsers = { config: needs('read', 'list_push_browsers'), schema: { response: { 200: listOf(PushBrowser) } } }
  api.get('/settings/push', browsers, async (request) => {
    const found = await pushBrowsersOf(forum.database, memberOf(request).id)
    const items = found.map(({ id, device, createdAt }) => ({ id, device, created_at: createdAt.toISOString() }))
    return { items }
  })

  const removing = {
    config: needs('write', 'remove_push_browser'),
    schema: { params: Type.Object({ id: Id }), response: { 204: nothing } },
  }
  api.post('/settings/push/:id/remove', removing, async (request, reply) => {
    await removePushBrowser(forum, memberOf(request).id, request.params.id)
    return reply.code(204).send()
  })

  async function digests(member: number): Promise<Static<typeof Digests>> {
    const { rhythm, weekday, hour, timeZone, notifyByMail } = await digestsOf(forum.database, member)
    return { rhythm, weekday, hour, time_zone: timeZone, notify_by_mail: notifyByMail }
  }
}
