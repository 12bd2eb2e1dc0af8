import { IncomingMessage, type OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import helmet from 'helmet'
import type { App } from './app.ts'

/** Every answer has the same ones, so they are made once. */
export function addSecurityHeaders(app: App, origin: string): void {
  const headers = securityHeaders(origin)
  app.addHook('onRequest', (_request, reply, done) => {
    reply.headers(headers)
    done()
  })
}

/** Nothing inline, nothing from elsewhere. The socket's address is named for browsers whose `'self'` leaves it out. */
function securityHeaders(origin: string): OutgoingHttpHeaders {
  const protect = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        connectSrc: ["'self'", origin.replace(/^http/, 'ws')],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
      },
    },
    strictTransportSecurity: origin.startsWith('https:') ? { maxAge: 63_072_000, includeSubDomains: false } : false,
    // `no-referrer` would make browsers send `Origin: null` with our own forms.
    referrerPolicy: { policy: 'same-origin' },
    // `frame-ancestors` replaces the first; nothing reads the others since Internet Explorer, Flash and the XSS auditor.
    xFrameOptions: false,
    xDownloadOptions: false,
    xPermittedCrossDomainPolicies: false,
    xXssProtection: false,
    crossOriginResourcePolicy: { policy: 'same-origin' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
  })
  const request = new IncomingMessage(new Socket())
  const response = new ServerResponse(request)
  protect(request, response, () => {})
  const permissions = 'camera=(), microphone=(), geolocation=(), browsing-topics=()'
  return { ...response.getHeaders(), 'permissions-policy': permissions }
}
