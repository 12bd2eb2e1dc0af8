import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { passwordAgainPage } from '../../../views/members/password-again-page.ts'
import type { FieldMessages } from '../../../views/page.ts'
import type { Forum } from '../../forum/forum.ts'
import { mustKnowPassword } from '../../forum/members/must-know-password.ts'
import { LONGEST_PASSWORD } from '../../limits.ts'
import { htmlPage, seeOther } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { ownPathOr, unpackForm } from '../../platform/http/forms/kept-form.ts'
import { sentForm } from '../../platform/http/forms/sent-form.ts'
import { sessionCookieName } from '../../platform/http/session-cookie.ts'
import type { Html } from '../../platform/text/html.ts'
import { goOnWith, waitingView } from '../forms-in-waiting.ts'
import { Next } from '../shapes.ts'
import { LARGEST_KEPT_FORM } from './login.ts'
import { asking, memberOf, signedIn } from './recognise-members.ts'

const Again = Type.Object({
  password: Type.String({ minLength: 1, maxLength: LONGEST_PASSWORD }),
  next: Next,
  kept_form: Type.Optional(Type.String()),
})

/** Asks for the password again in an old session, then continues with what needed it. */
export function loginAgainRoutes(app: App, forum: Forum): void {
  const response = { 200: htmlPage, 303: seeOther }
  const page = { schema: { querystring: Type.Object({ next: Next }), response }, preValidation: signedIn }
  app.get('/login/again', page, async (request, reply) =>
    reply.html(passwordAgainPage(request.page, { next: ownPathOr(request.query.next, '/'), kept: null, messages: {} })),
  )

  const options = {
    schema: { body: Again, response },
    preValidation: signedIn,
    config: { formAgain },
    bodyLimit: LARGEST_KEPT_FORM,
  }
  app.post('/login/again', options, async (request, reply) => {
    const { password, next, kept_form: packed } = request.body
    const asked = asking(request, password)
    await mustKnowPassword(forum, asked)
    const form = unpackForm(packed)
    if (!packed || !form) return reply.redirect(ownPathOr(next, '/'), 303)
    const session = `${sessionCookieName(forum.config.origin)}=${asked.sessionId}`
    return goOnWith(app, forum, request, reply, { packed, form, member: memberOf(request).id, session, told: [] })
  })
}

async function formAgain(request: FastifyRequest, messages: FieldMessages): Promise<Html> {
  const sent = sentForm(request)
  return passwordAgainPage(request.page, {
    next: ownPathOr(sent.text('next'), '/'),
    kept: waitingView(sent.text('kept_form')),
    messages,
  })
}
