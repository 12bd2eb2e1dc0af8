import type { FastifyRequest } from 'fastify'
import type { App } from './app.ts'
import { notAllowed } from './errors.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The address itself says all that there is to know, whoever sends the form: no cookie counts. */
    fromAnySite?: boolean
  }
}

const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS']

/**
 * Refuses forms and scripts that another site sends with a member's cookie. Browsers say where a request comes
 * from in `Sec-Fetch-Site` (W3C Fetch Metadata), older ones in `Origin`; neither can be set by a page. A request
 * with neither comes from a program, which has no cookie that it was not given, or from a browser too old to
 * say, where `SameSite=Lax` on the cookie protects.
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
  const site = request.headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin' || site === 'none'
  const { origin } = request.headers
  if (origin === undefined) return true
  // The same forum may be reached by a second name, such as an onion address; a page cannot choose its Host.
  return origin === ownOrigin || (URL.canParse(origin) && new URL(origin).host === request.host)
}
