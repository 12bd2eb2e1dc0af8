import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { keptFormPage } from '../../../views/errors/kept-form-page.ts'
import { codePage } from '../../../views/members/code-page.ts'
import { loginPage } from '../../../views/members/login-page.ts'
import type { FieldMessages } from '../../../views/page.ts'
import type { Forum } from '../../forum/forum.ts'
import { passWithCode } from '../../forum/members/second-factor/pass.ts'
import type { Sessions } from '../../forum/members/sessions/lucia.ts'
import { htmlPage, seeOther } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { ownPathOr, unpackForm } from '../../platform/http/forms/kept-form.ts'
import { sentForm } from '../../platform/http/forms/sent-form.ts'
import { networkDigest } from '../../platform/rate-limits/rate-limits.ts'
import type { Html } from '../../platform/text/html.ts'
import { goOnWith, waitingView } from '../forms-in-waiting.ts'
import { Next } from '../shapes.ts'
import { LARGEST_KEPT_FORM } from './login.ts'
import { offersPasskeys } from './offers-passkeys.ts'
import { forgetPasswordSaid, whoSaidPassword } from './password-said.ts'
import { devicesOf, openSession } from './recognise-members.ts'

const Code = Type.Object({
  code: Type.String({ minLength: 1, maxLength: 40 }),
  next: Next,
  kept_form: Type.Optional(Type.String()),
})

/** The second step of a login, for members who have a second factor. */
export function loginCodeRoutes(app: App, forum: Forum, sessions: Sessions): void {
  const response = { 200: htmlPage, 303: seeOther }
  app.get('/login/code', { schema: { querystring: Type.Object({ next: Next }), response } }, async (request, reply) => {
    const next = ownPathOr(request.query.next, '/')
    if (request.member) return reply.redirect(next, 303)
    if (!(await whoSaidPassword(forum, request))) return reply.redirect(loginPath(next), 303)
    return reply.html(codePage(request.page, { next, kept: null, messages: {} }))
  })

  const options = { schema: { body: Code, response }, config: { formAgain }, bodyLimit: LARGEST_KEPT_FORM }
  app.post('/login/code', options, async (request, reply) => {
    const { code, next, kept_form: packed } = request.body
    const known = await whoSaidPassword(forum, request)
    if (!known) return sayPasswordAnew(request, reply)
    const place = networkDigest(request)
    await passWithCode(forum, { member: known, code, place, devices: devicesOf(forum, request) })
    const session = await openSession(forum, sessions, known, request, reply)
    forgetPasswordSaid(forum, reply)
    const form = unpackForm(packed)
    if (packed && form)
      return goOnWith(app, forum, request, reply, { packed, form, member: known.id, session, told: [] })
    return reply.redirect(ownPathOr(next, '/'), 303)
  })

  /** The code came too late, or this browser is signed in by now. Starts the login again and keeps the form. */
  function sayPasswordAnew(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const sent = sentForm(request)
    const next = ownPathOr(sent.text('next'), '/')
    const packed = sent.text('kept_form')
    const form = unpackForm(packed)
    if (!form) return reply.redirect(loginPath(next), 303)
    if (request.member) return reply.html(keptFormPage(request.page, form))
    const passkeys = offersPasskeys(forum, request)
    return reply.html(
      loginPage(request.page, { username: '', next, kept: waitingView(packed), passkeys, messages: {} }),
    )
  }
}

const loginPath = (next: string): string => `/login?next=${encodeURIComponent(next)}`

async function formAgain(request: FastifyRequest, messages: FieldMessages): Promise<Html> {
  const sent = sentForm(request)
  return codePage(request.page, {
    next: ownPathOr(sent.text('next'), '/'),
    kept: waitingView(sent.text('kept_form')),
    messages,
  })
}
