import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Session } from 'lucia'
import type { App } from '../../../platform/http/app.ts'
import { signInNeeded } from '../../../platform/http/errors.ts'
import type { RequestMember } from '../../../platform/http/pages.ts'
import { wantsJson } from '../../../platform/http/wants-json.ts'
import { DEFAULT_LANGUAGE, isLanguage } from '../../../platform/i18n/languages.ts'
import { deviceName } from './device-name.ts'
import type { Sessions } from './lucia.ts'

declare module 'fastify' {
  interface FastifyRequest {
    session: Session | null
    /** Why it is not known whose request it is. */
    unrecognised: unknown
  }
  interface FastifyContextConfig {
    /** The answer is the same for everybody, so whose request it is need not be known. */
    sameForAll?: boolean
  }
}

/**
 * Finds the member of every request by the session cookie, and moves the cookie's end along with the session's. Where
 * the database is away, the request fails once it has been read: what was typed comes back in the answer.
 */
export function recogniseMembers(app: App, sessions: Sessions): void {
  app.decorateRequest('session', null)
  app.decorateRequest('unrecognised', null)
  app.addHook('onRequest', async (request, reply) => {
    const id = request.cookies[sessions.sessionCookieName]
    if (!id || request.routeOptions.config.sameForAll) return
    try {
      await recognise(id, request, reply)
    } catch (error) {
      request.unrecognised = error
    }
  })
  app.addHook('preValidation', async ({ unrecognised }) => {
    if (unrecognised) throw unrecognised
  })

  async function recognise(id: string, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { session, user } = await sessions.validateSession(id)
    request.session = session
    // A script is told first; the page that it asks for next still has to know that there was a session.
    if (!session) return wantsJson(request) ? undefined : writeCookie(reply, sessions.createBlankSessionCookie())
    const { language, ...member } = user
    request.member = { ...member, language: isLanguage(language) ? language : DEFAULT_LANGUAGE }
    if (session.fresh) writeCookie(reply, sessions.createSessionCookie(session.id))
  }
}

/** Begins a session for a member on this device. Answers its cookie, `name=value`. */
export async function openSession(
  sessions: Sessions,
  memberId: number,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<string> {
  const session = await sessions.createSession(memberId, { device: deviceName(request.headers['user-agent']) })
  const cookie = sessions.createSessionCookie(session.id)
  writeCookie(reply, cookie)
  return `${cookie.name}=${cookie.value}`
}

/** Takes the session's cookie off this device. */
export function forgetSession(sessions: Sessions, reply: FastifyReply): void {
  writeCookie(reply, sessions.createBlankSessionCookie())
}

/** Lets a request pass only when a member makes it. */
export async function signedIn(request: FastifyRequest): Promise<void> {
  if (!request.member) throw signInNeeded()
}

/** The member who makes the request. @throws Problem 401 when nobody is signed in. */
export function memberOf(request: FastifyRequest): RequestMember {
  if (!request.member) throw signInNeeded()
  return request.member
}

function writeCookie(reply: FastifyReply, cookie: ReturnType<Sessions['createSessionCookie']>): void {
  reply.setCookie(cookie.name, cookie.value, cookie.attributes)
}
