import type { App } from './app.ts'
import { asksOnion } from './asked-origin.ts'

/** Nearly every answer has the same ones, so they are made once; what is asked for by an onion address names no other. */
export function addSecurityHeaders(app: App, origin: string): void {
  const [named, unnamed] = [securityHeaders(origin, origin), securityHeaders(origin, null)]
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(asksOnion(request.headers) ? unnamed : named)
    done()
  })
}

/** What no page of ours lets happen to it, whatever it shows. */
const ALWAYS = "base-uri 'none'; frame-ancestors 'none'"

/** For a mail as mail programs show it: its style stands in its elements, and nothing of it may run, load or be sent. */
export const MAIL_POLICY = `default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; ${ALWAYS}; sandbox allow-popups`

/**
 * Nothing inline, nothing from elsewhere.
 * @param named the address of the socket's origin, for browsers whose `'self'` leaves it out; null: it is not named.
 */
export function securityHeaders(origin: string, named: string | null): Record<string, string> {
  const socket = named === null ? '' : ` ${named.replace(/^http/, 'ws')}`
  const own = `script-src 'self'; style-src 'self'; img-src 'self'; manifest-src 'self'; connect-src 'self'${socket}; form-action 'self'`
  return {
    // What a handler says nothing of is nobody's to keep: answers for programs, redirects, refusals.
    'cache-control': 'private, no-store',
    'content-security-policy': `default-src 'none'; ${own}; ${ALWAYS}`,
    'x-content-type-options': 'nosniff',
    // For browsers that know no `frame-ancestors`.
    'x-frame-options': 'DENY',
    // `no-referrer` would make browsers send `Origin: null` with our own forms.
    'referrer-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'origin-agent-cluster': '?1',
    'x-dns-prefetch-control': 'off',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), browsing-topics=()',
    // Two years. Not for subdomains: what else a community runs below its forum's name is not the forum's to decide.
    ...(origin.startsWith('https:') ? { 'strict-transport-security': 'max-age=63072000' } : {}),
  }
}
