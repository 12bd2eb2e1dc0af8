import type { FastifyRequest } from 'fastify'
import { notAllowed } from '../problem.ts'
import type { App } from './app.ts'
import { originAsked } from './asked-origin.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** No cookie counts: the address, or a token, says all that there is to know of who sends it. */
    fromAnySite?: boolean
  }
}

const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS']

/**
 * Refuses forms and scripts that another site sends, with a member's cookie or to log somebody in as somebody else.
 * Browsers say where a request comes from in `Sec-Fetch-Site` (W3C Fetch Metadata), older ones in `Origin`, the oldest
 * in `Referer`; no page can set these to what is not so.
 */
export function refuseOtherSites(app: App, ownOrigin: string): void {
  // Only when it has been read: an odd browser sends a wrong origin with its own member's words too.
  app.addHook('preValidation', async (request) => {
    if (request.routeOptions.config.fromAnySite) return
    if (!SAFE_METHODS.includes(request.method) && !isSameOrigin(request, ownOrigin)) {
      throw notAllowed('errors.other_site')
    }
  })
}

/** Also asked by the live channel: a WebSocket from another site would carry the member's cookie too. */
export function isSameOrigin(request: FastifyRequest, ownOrigin: string): boolean {
  const { 'sec-fetch-site': site, origin, referer } = request.headers
  if (site !== undefined) return site === 'same-origin' || site === 'none'
  const from = origin ?? referer
  if (from !== undefined) return isOwn(from, request, ownOrigin)
  return !isBrowser(request)
}

/** The same forum may be reached by a second name, such as an onion address; a page cannot choose its Host. */
function isOwn(from: string, request: FastifyRequest, ownOrigin: string): boolean {
  const origin = URL.canParse(from) ? new URL(from).origin : null
  return origin !== null && (origin === ownOrigin || origin === originAsked(request))
}

/**
 * Every browser since the nineties calls itself Mozilla; one that says nothing of where a form comes from may have been
 * told so by the page that sends it. Programs have no cookie that they were not given, and may say nothing.
 */
const isBrowser = ({ headers }: FastifyRequest): boolean => headers['user-agent']?.startsWith('Mozilla/') ?? false
