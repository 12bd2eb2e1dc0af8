import { randomBytes } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { WaitingView } from '../../views/members/login-page.ts'
import type { Told } from '../../views/parts/told.ts'
import { holdsText } from '../../views/parts/typed-fields.ts'
import type { Forum } from '../forum/forum.ts'
import type { App } from '../platform/http/app.ts'
import { isPackedFor, type KeptForm, packForm, unpackForm, type WaitingForm } from '../platform/http/forms/kept-form.ts'
import { sessionCookieName } from '../platform/http/session-cookie.ts'
import { safeHtml } from '../platform/text/html.ts'
import { toldCookie } from './told.ts'

/** Says nothing but that a form that waits was sent by this browser. Gone when the browser is closed. */
const BROWSER_COOKIE = 'form_key'

/** Packs a form that needs a login, for the pages in between. */
export function keepWaiting(
  { config, secret }: Pick<Forum, 'config' | 'secret'>,
  request: FastifyRequest,
  reply: FastifyReply,
  kept: KeptForm,
): WaitingView {
  const browser = request.cookies[BROWSER_COOKIE] ?? randomBytes(16).toString('hex')
  const secure = config.origin.startsWith('https:')
  reply.setCookie(BROWSER_COOKIE, browser, { path: '/', sameSite: 'strict', httpOnly: true, secure })
  const ended = request.cookies[sessionCookieName(config.origin)] !== undefined
  const form: WaitingForm = { ...kept, ended, previews: takesPreview(request), from: request.page.here }
  return { packed: packForm(form, secret, browser), ended, typed: holdsText(form.fields) }
}

/** What the pages in between have to know of a form that was packed; null where there is none. */
export function waitingView(packed: string | undefined): WaitingView | null {
  const form = unpackForm(packed)
  return form && packed ? { packed, ended: form.ended, typed: holdsText(form.fields) } : null
}

const takesPreview = ({ routeOptions }: FastifyRequest): boolean =>
  'preview' in Object(Object(routeOptions.schema?.body).properties)

/** Where a form that waited is shown, and sent with one button. */
export const SHOWN_AGAIN = '/login/kept'

/**
 * Goes on with a form after the login that came in between, and answers what its route answers. What holds no text is
 * done. What somebody wrote is shown first: on the page of its own form where that has a preview. What this forum has
 * not packed for this browser is only ever shown, so that nobody can put a deed into the hands of who logs in.
 * @param session the cookie of the session that has just begun, `name=value`.
 * @param told what else the page that comes has to say.
 */
export async function goOnWith(
  app: App,
  { secret }: Pick<Forum, 'secret'>,
  request: FastifyRequest,
  reply: FastifyReply,
  { packed, form, session, told }: { packed: string; form: WaitingForm; session: string; told: readonly Told[] },
): Promise<FastifyReply> {
  const isOwn = isPackedFor(packed, secret, request.cookies[BROWSER_COOKIE] ?? '')
  const fields = form.fields.filter(([name]) => name !== 'preview')
  const say = holdsText(form.fields) ? [...told, { key: 'done.not_sent_yet' as const, values: {} }] : told
  const cookies = [session, ...(say.length > 0 ? [toldCookie(say)] : [])]
  const send = (action: string, sent: KeptForm['fields']) =>
    sendFor(app, request, reply, { action, fields: sent, from: form.from, cookies })
  if (isOwn && !holdsText(form.fields)) return send(form.action, fields)
  if (isOwn && form.previews) return send(form.action, [...fields, ['preview', '1']])
  return send(SHOWN_AGAIN, [['kept_form', packed]])
}

/** Headers that speak of the request in between, not of the one that is sent for it. */
const OF_THE_LOGIN = [
  'content-length',
  'content-type',
  'transfer-encoding',
  'accept-encoding',
  'connection',
  'cookie',
  'referer',
]

/** Sends a form to a route of this forum as the browser would have, within the session that has just begun. */
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
