import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { keptFormPage } from '../../../views/errors/kept-form-page.ts'
import { codePage } from '../../../views/members/code-page.ts'
import { loginPage } from '../../../views/members/login-page.ts'
import type { FieldMessages } from '../../../views/page.ts'
import type { Forum } from '../../forum/forum.ts'
import { endSession } from '../../forum/members/end-sessions.ts'
import { Banned, logIn } from '../../forum/members/log-in.ts'
import { needsCode } from '../../forum/members/second-factor/pass.ts'
import { sessionHash } from '../../forum/members/sessions/adapter.ts'
import type { Sessions } from '../../forum/members/sessions/lucia.ts'
import { LARGEST_FORM, LONGEST_PASSWORD } from '../../limits.ts'
import { htmlPage, problem, seeOther } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { ownPathOr, unpackForm } from '../../platform/http/forms/kept-form.ts'
import { sentForm } from '../../platform/http/forms/sent-form.ts'
import { networkDigest } from '../../platform/rate-limits/rate-limits.ts'
import type { Html } from '../../platform/text/html.ts'
import { goOnWith, SHOWN_AGAIN, waitingView } from '../forms-in-waiting.ts'
import { Mark, Next } from '../shapes.ts'
import { loginPasskeyRoutes } from './login-passkey.ts'
import { offersPasskeys } from './offers-passkeys.ts'
import { rememberPasswordSaid } from './password-said.ts'
import { clearStorage, devicesOf, forgetSession, openSession, signedIn } from './recognise-members.ts'
import { asBanned, tellBanned } from './tell-banned.ts'

const Login = Type.Object({
  username: Type.String({ minLength: 1, maxLength: 200 }),
  password: Type.String({ minLength: 1, maxLength: LONGEST_PASSWORD }),
  next: Next,
  kept_form: Type.Optional(Type.String()),
})
/** What the pages of login and registration pass to each other. */
export const Between = Type.Object({ next: Next, kept_form: Type.Optional(Type.String()) })
/** A kept form arrives packed, and so larger than the form itself. */
export const LARGEST_KEPT_FORM = 2 * LARGEST_FORM

/** A page, or a redirect to the page that was wanted. The answer to a kept form may be a page too. */
const response = { 200: htmlPage, 303: seeOther, 403: problem }

/** Login, followed by the page or form that needed it; logout. */
export function loginRoutes(app: App, forum: Forum, sessions: Sessions): void {
  const query = Type.Object({ next: Next, reset: Mark })
  app.get('/login', { schema: { querystring: query, response } }, async (request, reply) => {
    const next = ownPathOr(request.query.next, '/')
    if (request.member) return reply.redirect(next, 303)
    const hasReset = request.query.reset !== undefined
    return reply.html(
      loginPage(request.page, {
        username: '',
        next,
        kept: null,
        hasReset,
        passkeys: offersPasskeys(forum, request),
        messages: {},
      }),
    )
  })

  const options = {
    schema: { body: Login, response },
    config: { formAgain, countsItself: true },
    bodyLimit: LARGEST_KEPT_FORM,
  }
  app.post('/login', options, async (request, reply) => {
    const { username, password, next, kept_form: packed } = request.body
    const place = networkDigest(request)
    const known = await logIn(forum, { username, password, place, devices: devicesOf(forum, request) }).catch(asBanned)
    if (known instanceof Banned) return tellBanned(forum, request, reply, known)
    if (await needsCode(forum.database, known.id)) {
      rememberPasswordSaid(forum, reply, known)
      const after = ownPathOr(next, '/')
      if (!packed) return reply.redirect(`/login/code?next=${encodeURIComponent(after)}`, 303)
      // A kept form is too long for an address, so the page answers directly.
      return reply.html(codePage(request.page, { next: after, kept: waitingView(packed), messages: {} }))
    }
    const session = await openSession(forum, sessions, known, request, reply)
    const form = unpackForm(packed)
    if (packed && form)
      return goOnWith(app, forum, request, reply, { packed, form, member: known.id, session, told: [] })
    return reply.redirect(ownPathOr(next, '/'), 303)
  })

  // Comes by POST from the page of registration, because a kept form is too long for an address.
  const between = { schema: { body: Between, response }, bodyLimit: LARGEST_KEPT_FORM }
  app.post('/login/begin', between, async (request, reply) => {
    const { next, kept_form: packed } = request.body
    const kept = waitingView(packed)
    return reply.html(
      loginPage(request.page, {
        username: '',
        next: ownPathOr(next, '/'),
        kept,
        passkeys: offersPasskeys(forum, request),
        messages: {},
      }),
    )
  })

  app.post(SHOWN_AGAIN, { ...between, preValidation: signedIn }, async (request, reply) => {
    const form = unpackForm(request.body.kept_form)
    return form ? reply.html(keptFormPage(request.page, form)) : reply.redirect('/', 303)
  })

  loginPasskeyRoutes(app, forum, sessions, { formAgain, bodyLimit: LARGEST_KEPT_FORM })

  app.post('/logout', { schema: { response: { 303: seeOther } } }, async (request, reply) => {
    const { member, session } = request
    if (member && session) await endSession(forum, member.id, sessionHash(session.id).toString('hex'))
    forgetSession(sessions, reply)
    clearStorage(reply)
    return reply.redirect('/', 303)
  })

  async function formAgain(request: FastifyRequest, messages: FieldMessages): Promise<Html> {
    const sent = sentForm(request)
    return loginPage(request.page, {
      username: sent.text('username'),
      next: ownPathOr(sent.text('next'), '/'),
      kept: waitingView(sent.text('kept_form')),
      passkeys: offersPasskeys(forum, request),
      messages,
    })
  }
}
