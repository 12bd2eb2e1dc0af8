import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { FieldMessages } from '../../../views/page.ts'
import { type TokensPage, tokensPage } from '../../../views/settings/tokens-page.ts'
import type { Forum } from '../../forum/forum.ts'
import { revokeToken } from '../../forum/members/api/end-tokens.ts'
import { tokensOf } from '../../forum/members/api/find-token.ts'
import { makeToken } from '../../forum/members/api/make-token.ts'
import { htmlPage, seeOther } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { sentForm } from '../../platform/http/forms/sent-form.ts'
import type { Html } from '../../platform/text/html.ts'
import { SCOPES } from '../../schema/enums.ts'
import { freshLogin } from '../members/fresh-login.ts'
import { asking, memberOf, signedIn } from '../members/recognise-members.ts'
import { Id, Mark } from '../shapes.ts'

/** The lifetime of a token when nobody chooses one. */
const USUAL_DAYS = 90
const DAY_MILLISECONDS = 86_400_000

const NewToken = Type.Object({
  name: Type.String({ maxLength: 1_000 }),
  scopes: Type.Optional(Type.Array(Type.Enum([...SCOPES]), { maxItems: 20 })),
  expires_on: Type.Optional(Type.String({ maxLength: 20 })),
})

/** A member's tokens for programs. Making one needs a session: a token cannot make another. */
export function tokenRoutes(app: App, forum: Forum): void {
  const query = Type.Object({ revoked: Mark })
  const listing = { schema: { querystring: query, response: { 200: htmlPage } }, preValidation: signedIn }
  app.get('/settings/tokens', listing, async (request, reply) =>
    reply.html(await shown(request, { revoked: request.query.revoked !== undefined })),
  )

  const making = {
    schema: { body: NewToken, response: { 200: htmlPage } },
    // Asks for the password, or somebody at an open window could make a token for themselves.
    preValidation: freshLogin(forum),
    config: { formAgain },
  }
  app.post('/settings/tokens', making, async (request, reply) => {
    const { name, scopes = [], expires_on: expiresOn } = request.body
    const token = { ...asking(request), name, scopes, expiresOn: expiresOn || usualEnd() }
    return reply.html(await shown(request, { made: await makeToken(forum, token) }))
  })

  const revoking = {
    schema: { params: Type.Object({ id: Id }), response: { 303: seeOther } },
    preValidation: signedIn,
  }
  app.post('/settings/tokens/:id/revoke', revoking, async (request, reply) => {
    await revokeToken(forum, memberOf(request).id, request.params.id)
    return reply.redirect('/settings/tokens?revoked=1', 303)
  })

  function formAgain(request: FastifyRequest, messages: FieldMessages): Promise<Html> {
    const sent = sentForm(request)
    const form = { name: sent.text('name'), scopes: sent.list('scopes'), expiresOn: sent.text('expires_on') }
    return shown(request, { ...form, messages })
  }

  async function shown(request: FastifyRequest, more: Partial<TokensPage>): Promise<Html> {
    const tokens = await tokensOf(forum.database, memberOf(request).id)
    const empty = { made: null, name: '', scopes: ['read'], expiresOn: usualEnd(), revoked: false, messages: {} }
    return tokensPage(request.page, { ...empty, ...more, tokens })
  }
}

const usualEnd = (): string => new Date(Date.now() + USUAL_DAYS * DAY_MILLISECONDS).toISOString().slice(0, 10)
