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

/**
 * The name of what a route does. `api.does_…` in the catalogues describes it; generated clients name their methods by
 * it.
 */
export type Operation = MessageKey extends infer Key ? (Key extends `api.does_${infer Name}` ? Name : never) : never

declare module 'fastify' {
  interface FastifyRequest {
    token: StandingToken | null
  }
  interface FastifyContextConfig {
    /** For a route of the API: what it does, and which scope a token needs. */
    operation?: { does: Operation; scope: Scope; openToAll: boolean }
  }
}

const FOR_PROGRAMS = { forPrograms: true, byToken: true, fromAnySite: true }

/** A route that anybody may read without a token, because the pages show the same to anybody. */
export const open = (does: Operation) => ({
  ...FOR_PROGRAMS,
  operation: { does, scope: 'read' as const, openToAll: true },
})

/** A route that needs a token with this scope. */
export const needs = (scope: Scope, does: Operation) => ({
  ...FOR_PROGRAMS,
  operation: { does, scope, openToAll: false },
})

/** Counted for a member over all their tokens, or for a network without a token. */
const REQUESTS = { action: 'api', most: 600, seconds: 60 }

/**
 * Finds the member of a request by its token, and lets it pass if the token has the scope (RFC 6750). Ignores cookies,
 * or another site could send requests in a member's name. Without the scope `moderate`, a moderator's token may only do
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
  // A body may take minutes to arrive. Checks again, so that somebody banned or demoted meanwhile does nothing.
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

/** Null when the header holds no token. */
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

/** Counts the request and sets the headers of draft-ietf-httpapi-ratelimit-headers. @throws Problem 429. */
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

/** The `WWW-Authenticate` header that says which token is needed (RFC 6750, 3). */
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

/** Answers a body of the wrong type with a message of the API's own. The pages have no such error. */
function asOurs(error: unknown): unknown {
  const isType = error instanceof Error && 'code' in error && error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE'
  return isType ? new Problem(415, 'api.not_json') : error
}
