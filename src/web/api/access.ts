import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Forum } from '../../forum/forum.ts'
import { noteTokenUse, openTokens, type StandingToken } from '../../forum/members/api/find-token.ts'
import { actingByToken, mayModerate } from '../../forum/members/permissions.ts'
import { roleInForce } from '../../forum/members/second-factor/role-in-force.ts'
import { lastSettings } from '../../forum/settings.ts'
import type { App } from '../../platform/http/app.ts'
import { Problem, tooMany } from '../../platform/problem.ts'
import { networkDigest, spendReading } from '../../platform/rate-limits/rate-limits.ts'
import { asLanguage } from '../../platform/text/i18n/languages.ts'
import type { MessageKey } from '../../platform/text/i18n/translate.ts'
import type { Scope } from '../../schema/enums.ts'

/** What a route does, by its key in the catalogues: `api.does_…`. Clients that are generated call it so. */
export type Operation = MessageKey extends infer Key ? (Key extends `api.does_${infer Name}` ? Name : never) : never

declare module 'fastify' {
  interface FastifyRequest {
    token: StandingToken | null
  }
  interface FastifyContextConfig {
    /** Of a route of the API: what it does, and what a token must be for. */
    operation?: { does: Operation; scope: Scope; openToAll: boolean }
  }
}

const FOR_PROGRAMS = { forPrograms: true, byToken: true, fromAnySite: true }

/** A route that everybody may read, without a token too: what the pages show to everybody. */
export const open = (does: Operation) => ({
  ...FOR_PROGRAMS,
  operation: { does, scope: 'read' as const, openToAll: true },
})

/** A route that needs a token for it. */
export const needs = (scope: Scope, does: Operation) => ({
  ...FOR_PROGRAMS,
  operation: { does, scope, openToAll: false },
})

/** Requests of one member with all their tokens, or of one network without any. */
const REQUESTS = { action: 'api', most: 600, seconds: 60 }

/**
 * Finds by its token who makes a request, and lets it pass if the token is for it (RFC 6750). Cookies count for nothing
 * here, so no other site can send anything in a member's name. Without the scope `moderate`, a moderator's token may do
 * what any member's may.
 */
export function admitByToken(api: App, forum: Forum): void {
  const findToken = openTokens(forum.database)
  api.decorateRequest('token', null)
  api.addHook('onRequest', async (request, reply) => {
    const { authorization } = request.headers
    const presented = authorization === undefined ? null : tokenIn(authorization)
    const found = presented === null ? null : await findToken(presented)
    await countRequest(forum, found ? `member ${found.member.id}` : networkDigest(request), reply)
    if (authorization !== undefined && !found) throw new Problem(401, 'api.wrong_token')
    if (found) {
      actAs(forum, found, request)
      reply.afterSent(() => noteTokenUse(forum.database, found))
    }
    const { operation } = request.routeOptions.config
    if (!operation) return
    if (!found && !operation.openToAll) throw new Problem(401, 'api.no_token')
    if (found && !found.scopes.includes(operation.scope)) throw scopeMissing(operation.scope)
  })
  // A body may take minutes to come: who was shut out, or lost a role, meanwhile does nothing with it.
  api.addHook('preValidation', async (request) => {
    const { token, method, headers } = request
    if (!token || method === 'GET' || method === 'HEAD') return
    const found = await findToken(tokenIn(headers.authorization ?? '') ?? '')
    if (!found) throw new Problem(401, 'api.wrong_token')
    actAs(forum, found, request)
  })
  api.setErrorHandler(async (error, request, reply) => {
    reply.headers(challenge(error, request))
    throw asOurs(error)
  })
}

/** Null where the header holds none. */
function tokenIn(authorization: string): string | null {
  const [, token = null] = /^Bearer ([\w.~+/-]{1,200}=*)$/i.exec(authorization) ?? []
  return token
}

function actAs(forum: Forum, token: StandingToken, request: FastifyRequest): void {
  const { language, hasFactor, ...member } = token.member
  const { role, mustAddFactor } = roleInForce({ role: member.role, hasFactor }, lastSettings(forum))
  request.token = token
  request.member = {
    ...actingByToken({ ...member, role }, token.scopes),
    mustAddFactor,
    language: asLanguage(language),
  }
}

/** The fields of draft-ietf-httpapi-ratelimit-headers. @throws Problem 429. */
async function countRequest(forum: Forum, subject: string, reply: FastifyReply): Promise<void> {
  const { most, seconds: window } = REQUESTS
  const { left, seconds } = await spendReading(forum, REQUESTS, subject)
  reply.headers({
    'ratelimit-policy': `"requests";q=${most};w=${window}`,
    ratelimit: `"requests";r=${Math.max(0, left)};t=${seconds}`,
  })
  if (left < 0) throw tooMany(seconds)
}

const scopeMissing = (scope: Scope) => new Problem(403, 'api.scope_missing', { values: { scope } })

/** What a program is told in `WWW-Authenticate` of the token that it needs (RFC 6750, 3). */
function challenge(error: unknown, { token }: FastifyRequest): Record<string, string> {
  if (!(error instanceof Problem)) return {}
  if (error.status === 401) {
    const why = error.key === 'api.wrong_token' ? ', error="invalid_token"' : ''
    return { 'www-authenticate': `Bearer realm="Contrechamp"${why}` }
  }
  if (error.status !== 403 || !token) return {}
  const withheld = mayModerate(token.member) && !token.scopes.includes('moderate') ? 'moderate' : null
  const scope = error.values.scope ?? withheld
  return scope ? { 'www-authenticate': `Bearer realm="Contrechamp", error="insufficient_scope", scope="${scope}"` } : {}
}

/** What no page of ours is sent as, a program can be told more exactly. */
function asOurs(error: unknown): unknown {
  const isType = error instanceof Error && 'code' in error && error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE'
  return isType ? new Problem(415, 'api.not_json') : error
}
