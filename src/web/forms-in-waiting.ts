import { randomBytes } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { WaitingView } from '../../views/members/login-page.ts'
import type { Told } from '../../views/parts/told.ts'
import { holdsText } from '../../views/parts/typed-fields.ts'
import type { Forum } from '../forum/forum.ts'
import { proofOfLast, provesMember } from '../forum/members/known-device.ts'
import type { App } from '../platform/http/app.ts'
import { isPackedFor, type KeptForm, packForm, unpackForm, type WaitingForm } from '../platform/http/forms/kept-form.ts'
import { sessionCookieName } from '../platform/http/session-cookie.ts'
import { isFirstTime } from '../platform/rate-limits/rate-limits.ts'
import { safeHtml } from '../platform/text/html.ts'
import { devicesOf } from './members/recognise-members.ts'
import { toldCookie } from './told.ts'

/** Proves only that this browser sent the kept form. Ends with the browser's session. */
const BROWSER_COOKIE = 'form_key'

/** A form sent without any session: for this long, the next login in this browser sends it. */
const BY_ANYBODY_SECONDS = 1_800
/** A form sent after a session had ended: for this long, its own member may send it. Later it is only shown. */
const BY_OWNER_SECONDS = 86_400
/** Remembers each form that was sent, so that going back to the login page does not send it twice. */
const DONE = { action: 'do a form that waited', seconds: BY_OWNER_SECONDS }

/** Packs and signs a form that needs a login, to pass it through the login pages. */
export function keepWaiting(
  forum: Pick<Forum, 'config' | 'secret'>,
  request: FastifyRequest,
  reply: FastifyReply,
  kept: KeptForm,
): WaitingView {
  const { config, secret } = forum
  const browser = request.cookies[BROWSER_COOKIE] ?? randomBytes(16).toString('hex')
  const secure = config.origin.startsWith('https:')
  reply.setCookie(BROWSER_COOKIE, browser, { path: '/', sameSite: 'strict', httpOnly: true, secure })
  const ended = request.cookies[sessionCookieName(config.origin)] !== undefined
  const devices = devicesOf(forum, request)
  const form: WaitingForm = {
    ...kept,
    ended,
    known: devices !== '',
    previews: takesPreview(request),
    from: request.page.here,
    id: randomBytes(12).toString('base64url'),
    packedAt: Date.now(),
    owner: ended ? proofOfLast(secret, devices) : '',
  }
  return viewOf(form, packForm(form, secret, browser))
}

/** What the login pages need to know about a kept form; null without one. */
export function waitingView(packed: string | undefined): WaitingView | null {
  const form = unpackForm(packed)
  return form && packed ? viewOf(form, packed) : null
}

/** Who has logged out in another tab had a session too. */
const viewOf = ({ ended, known, fields }: WaitingForm, packed: string): WaitingView => ({
  packed,
  ended: ended || known,
  typed: holdsText(fields),
})

const takesPreview = ({ routeOptions }: FastifyRequest): boolean =>
  'preview' in Object(Object(routeOptions.schema?.body).properties)

/** Shows a kept form with one button that sends it. */
export const SHOWN_AGAIN = '/login/kept'

/**
 * Continues with a kept form after the login, and answers what its route answers. A form without text is sent, once. A
 * form with text is shown first, on its own page where that has a preview. Two kinds of form are only shown: one that
 * this forum did not pack for this browser, or an attacker could make the member send it; and one that somebody else
 * left behind on a shared computer.
 * @param member who has just logged in.
 * @param session the cookie of the new session, `name=value`.
 * @param told further sentences for the next page.
 */
export async function goOnWith(
  app: App,
  forum: Forum,
  request: FastifyRequest,
  reply: FastifyReply,
  { packed, form, member, session, told }: GoingOn,
): Promise<FastifyReply> {
  const isOwn = isPackedFor(packed, forum.secret, request.cookies[BROWSER_COOKIE] ?? '')
  const fields = form.fields.filter(([name]) => name !== 'preview')
  const say = holdsText(form.fields) ? [...told, { key: 'done.not_sent_yet' as const, values: {} }] : told
  const cookies = [session, ...(say.length > 0 ? [toldCookie(say)] : [])]
  const send = (action: string, sent: KeptForm['fields']) =>
    sendFor(app, request, reply, { action, fields: sent, from: form.from, cookies })
  if (isOwn && !holdsText(form.fields) && (await mayBeDone(forum, form, member))) return send(form.action, fields)
  if (isOwn && form.previews) return send(form.action, [...fields, ['preview', '1']])
  return send(SHOWN_AGAIN, [['kept_form', packed]])
}

interface GoingOn {
  packed: string
  form: WaitingForm
  member: number
  session: string
  told: readonly Told[]
}

async function mayBeDone(forum: Forum, { id, ended, owner, packedAt }: WaitingForm, member: number): Promise<boolean> {
  const seconds = (Date.now() - packedAt) / 1000
  const isTheirs = ended
    ? seconds < BY_OWNER_SECONDS && provesMember(forum.secret, owner, member)
    : seconds < BY_ANYBODY_SECONDS
  return isTheirs && isFirstTime(forum, DONE, id)
}

/** Headers of the login request that must not go along with the kept form. */
const OF_THE_LOGIN = [
  'content-length',
  'content-type',
  'transfer-encoding',
  'accept-encoding',
  'connection',
  'cookie',
  'referer',
]

/** Sends a form to a route of this forum as the browser would, with the new session's cookie. */
async function sendFor(
  app: App,
  request: FastifyRequest,
  reply: FastifyReply,
  { action, fields, from, cookies }: KeptForm & { from: string; cookies: string[] },
): Promise<FastifyReply> {
  const kept = Object.entries(request.headers).filter(([name]) => !OF_THE_LOGIN.includes(name))
  const answer = await app.inject({
    method: 'POST',
    url: action,
    payload: new URLSearchParams(fields).toString(),
    headers: {
      ...Object.fromEntries(kept),
      'content-type': 'application/x-www-form-urlencoded',
      referer: `${request.protocol}://${request.host}${from}`,
      cookie: [...cookies, ...otherCookies(request, cookies)].join('; '),
    },
    remoteAddress: request.socket.remoteAddress ?? '',
  })
  for (const cookie of [answer.headers['set-cookie'] ?? []].flat()) reply.header('set-cookie', cookie)
  const { location, 'retry-after': retryAfter } = answer.headers
  if (location !== undefined) return reply.redirect(String(location), 303)
  if (retryAfter !== undefined) reply.header('retry-after', retryAfter)
  return reply.code(answer.statusCode).html(safeHtml(answer.payload))
}

function otherCookies({ headers: { cookie = '' } }: FastifyRequest, cookies: readonly string[]): string[] {
  const nameOf = (one: string) => one.slice(0, one.indexOf('='))
  const replaced = cookies.map(nameOf)
  return cookie.split(/; */).filter((one) => one !== '' && !replaced.includes(nameOf(one)))
}
