import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Session } from 'lucia'
import type { Forum } from '../../forum/forum.ts'
import { endOldestSessions, endSession } from '../../forum/members/end-sessions.ts'
import { lastWasAnother, withDevice } from '../../forum/members/known-device.ts'
import { comeBack } from '../../forum/members/leaving/come-back.ts'
import type { KnownMember } from '../../forum/members/log-in.ts'
import type { Asking } from '../../forum/members/must-know-password.ts'
import { stillHasPassword } from '../../forum/members/queries.ts'
import { roleInForce } from '../../forum/members/second-factor/role-in-force.ts'
import { sessionHash } from '../../forum/members/sessions/adapter.ts'
import { deviceName } from '../../forum/members/sessions/device-name.ts'
import type { Sessions } from '../../forum/members/sessions/lucia.ts'
import { lastSettings } from '../../forum/settings.ts'
import { notNow } from '../../platform/database/unreachable.ts'
import type { App } from '../../platform/http/app.ts'
import { wantsJson } from '../../platform/http/wants-json.ts'
import { invalidField, signInNeeded } from '../../platform/problem.ts'
import { asLanguage } from '../../platform/text/i18n/languages.ts'
import type { RequestMember } from '../pages.ts'

declare module 'fastify' {
  interface FastifyRequest {
    session: Session | null
    /** The error for which the member of the request is not known. */
    unrecognised: unknown
  }
  interface FastifyContextConfig {
    /** The answer is the same for everybody, so the member is not looked up. */
    sameForAll?: boolean
    /** Everybody may read it. While sessions cannot be read, a member gets it as a visitor. */
    forEverybody?: boolean
    /** Only a token identifies the member; the session's cookie is ignored. */
    byToken?: boolean
  }
}

const READING = new Set(['GET', 'HEAD'])

/**
 * Finds the member of every request by the session cookie, and renews the cookie with the session. While the database is
 * away, the request fails only after its body is read, so that the answer can give back what was typed.
 */
export function recogniseMembers(app: App, forum: Forum, sessions: Sessions): void {
  app.decorateRequest('session', null)
  app.decorateRequest('unrecognised', null)
  app.addHook('onRequest', async (request, reply) => {
    const id = request.cookies[sessions.sessionCookieName]
    const { sameForAll, byToken } = request.routeOptions.config
    if (!id || sameForAll || byToken) return
    try {
      await recognise(id, request, reply)
    } catch (error) {
      request.unrecognised = error
    }
  })
  app.addHook('preValidation', async (request, reply) => {
    const { unrecognised, session, method, lastKnown, routeOptions } = request
    // The member was found in the moment before the database went away. Treats the request like all others then.
    if (lastKnown) request.member = request.session = null
    const isForEverybody = routeOptions.config.forEverybody ?? lastKnown !== null
    if (unrecognised && !(isForEverybody && notNow(unrecognised))) throw unrecognised
    // A body may take minutes to arrive. Checks again, so that somebody banned or demoted meanwhile does nothing.
    if (session && !READING.has(method)) await recognise(session.id, request, reply)
  })

  async function recognise(id: string, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { session, user } = await sessions.validateSession(id)
    request.session = session
    request.member = null
    // A script's request keeps the cookie: the page that it opens next must still know that there was a session.
    if (!session) return wantsJson(request) ? undefined : writeCookie(reply, sessions.createBlankSessionCookie())
    const { language, hasFactor, role, ...member } = user
    request.member = {
      ...member,
      ...roleInForce({ role, hasFactor }, lastSettings(forum)),
      language: asLanguage(language),
    }
    if (session.fresh) writeCookie(reply, sessions.createSessionCookie(session.id))
  }
}

/**
 * Begins a session for a member in this browser, in place of the one before. Answers its cookie, `name=value`.
 * @throws Problem 422 when the password changed after it was checked: the change ends all sessions, so this one too.
 */
export async function openSession(
  forum: Forum,
  sessions: Sessions,
  member: Pick<KnownMember, 'id'> & Partial<KnownMember>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<string> {
  const former = request.session
  const session = await sessions.createSession(member.id, { device: deviceName(request.headers['user-agent']) })
  if (member.passwordHash !== undefined && !(await stillHasPassword(forum.database, member.id, member.passwordHash))) {
    await sessions.invalidateSession(session.id)
    throw invalidField('password', 'accounts.wrong_login')
  }
  const became = await comeBack(forum, member.id)
  if (became === 'erased') {
    await sessions.invalidateSession(session.id)
    throw invalidField('password', 'accounts.wrong_login')
  }
  if (became === 'came back') reply.tell({ key: 'done.came_back', values: {} })
  if (former) await endSession(forum, former.userId, sessionHash(former.id).toString('hex'))
  await endOldestSessions(forum, member.id)
  const cookie = sessions.createSessionCookie(session.id)
  writeCookie(reply, cookie)
  rememberDevice(forum, member.id, request, reply)
  return `${cookie.name}=${cookie.value}`
}

const YEAR_SECONDS = 365 * 86_400

type Sites = Pick<Forum, 'config'>

const isSecure = (forum: Sites): boolean => forum.config.origin.startsWith('https:')
const deviceCookie = (forum: Sites): string => (isSecure(forum) ? '__Host-device' : 'device')

/** The cookie that lists the members who logged in with this browser. */
export const devicesOf = (forum: Sites, request: FastifyRequest): string => request.cookies[deviceCookie(forum)] ?? ''

/** Remembers the browser for a member. Clears what another member left in it, such as drafts. */
function rememberDevice(forum: Forum, memberId: number, request: FastifyRequest, reply: FastifyReply): void {
  const known = devicesOf(forum, request)
  if (lastWasAnother(forum.secret, known, memberId)) clearStorage(reply)
  reply.setCookie(deviceCookie(forum), withDevice(forum.secret, known, memberId), {
    path: '/',
    sameSite: 'lax',
    httpOnly: true,
    secure: isSecure(forum),
    maxAge: YEAR_SECONDS,
  })
}

/** Tells the browser to delete what the forum's scripts stored (W3C, Clear Site Data). Cookies stay. */
export function clearStorage(reply: FastifyReply): void {
  reply.header('clear-site-data', '"storage"')
}

/** Removes the session's cookie from this browser. */
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

/** The member and the password that they sent, for acts that need it. @throws Problem 401 when nobody is signed in. */
export function asking(request: FastifyRequest, password = ''): Asking {
  if (!request.member || !request.session) throw signInNeeded()
  return { memberId: request.member.id, sessionId: request.session.id, password }
}

function writeCookie(reply: FastifyReply, cookie: ReturnType<Sessions['createSessionCookie']>): void {
  reply.setCookie(cookie.name, cookie.value, cookie.attributes)
}
