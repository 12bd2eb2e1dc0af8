import type { FastifyRequest } from 'fastify'
import { type LastKnown, readLastKnown } from '../database/reading.ts'
import type { Replicas } from '../database/replicas.ts'
import type { App } from './app.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** While the primary is away: what a replica answers this request from. The answer says from when that is. */
    lastKnown: LastKnown | null
  }
  interface FastifyContextConfig {
    /** A replica may answer what is read here, as for pages that are the same for everybody. */
    mayLag?: boolean
  }
}

/** A browser takes a `__Host-` cookie only from a secure page of this very host (RFC 6265bis, 4.1.3.2). */
const cookieName = (origin: string): string => (origin.startsWith('https:') ? '__Host-written' : 'written')
/** Beyond the longest lag, no replica that is asked is behind the write. */
const MORE_SECONDS = 5

/**
 * Has replicas answer what lists, threads and searches read. Where somebody's last write ends in the primary's log stands
 * in a cookie for as long as a replica may be behind it; programs with a token keep no cookies and read from the primary.
 * Comes after members are recognised, whose sessions are always read from the primary.
 *
 * While nobody reaches the primary, they answer with the last that is known, whatever was written since. Nobody is recognised
 * then, and everybody reads as a visitor: a session, a role or a ban may have ended in the moment that a replica misses.
 */
export function readFromReplicas(app: App, replicas: Replicas | null, origin: string): void {
  app.decorateRequest('lastKnown', null)
  if (!replicas) return
  const name = cookieName(origin)
  app.addHook('onRequest', async (request) => {
    if (mayLag(request)) request.lastKnown = replicas.progress.lastKnown()
  })
  app.addHook('preValidation', (request, _reply, done) => {
    if (request.lastKnown) readLastKnown(request.lastKnown, done)
    else if (mayLag(request)) void replicas.within(writtenBy(request.cookies[name]), done)
    else done()
  })
  app.addHook('onSend', async (request, reply) => {
    if (request.method === 'GET' || reply.statusCode >= 400 || request.headers.authorization !== undefined) return
    const place = await replicas.progress.written().catch(() => null)
    if (place === null) return
    reply.setCookie(name, String(place), {
      path: '/',
      sameSite: 'lax',
      httpOnly: true,
      secure: origin.startsWith('https:'),
      maxAge: replicas.progress.longestLag + MORE_SECONDS,
    })
  })
}

function mayLag({ method, ws, headers, routeOptions: { config } }: FastifyRequest): boolean {
  if (method !== 'GET' || ws || headers.authorization !== undefined) return false
  return Boolean(config.sharedPage ?? config.mayLag)
}

/** A cookie that is not ours stands for a write of just now. */
function writtenBy(cookie = '0'): number {
  const place = Number(cookie)
  return Number.isSafeInteger(place) && place >= 0 ? place : Number.POSITIVE_INFINITY
}
