import { Type } from 'typebox'
import type { Forum } from '../../forum/forum.ts'
import { Banned } from '../../forum/members/log-in.ts'
import { logInWithPasskey, loginOptions } from '../../forum/members/passkeys/log-in-with-passkey.ts'
import type { Sessions } from '../../forum/members/sessions/lucia.ts'
import { htmlPage, json, problem, seeOther } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { ownPathOr, unpackForm } from '../../platform/http/forms/kept-form.ts'
import type { FormAgain } from '../error-answers.ts'
import { goOnWith } from '../forms-in-waiting.ts'
import { Next } from '../shapes.ts'
import { keepChallenge, keptChallenge } from './passkey-cookie.ts'
import { openSession } from './recognise-members.ts'
import { asBanned, tellBanned } from './tell-banned.ts'

const Signed = Type.Object({
  /** The browser's answer as JSON. */
  response: Type.String({ maxLength: 200_000 }),
  next: Next,
  kept_form: Type.Optional(Type.String()),
})

/** Logging in with a passkey alone. */
export function loginPasskeyRoutes(
  app: App,
  forum: Forum,
  sessions: Sessions,
  { formAgain, bodyLimit }: { formAgain: FormAgain; bodyLimit: number },
): void {
  app.post(
    '/login/passkey/options',
    { schema: { response: { 200: json(Type.Unknown()) } } },
    async (_request, reply) => {
      const { options, kept } = await loginOptions(forum)
      keepChallenge(forum, reply, kept)
      return reply.send(options)
    },
  )

  const options = {
    schema: { body: Signed, response: { 200: htmlPage, 303: seeOther, 403: problem } },
    config: { formAgain },
    bodyLimit,
  }
  app.post('/login/passkey', options, async (request, reply) => {
    const { response, next, kept_form: packed } = request.body
    const known = await logInWithPasskey(forum, response, keptChallenge(forum, request)).catch(asBanned)
    if (known instanceof Banned) return tellBanned(forum, request, reply, known)
    const session = await openSession(forum, sessions, known, request, reply)
    const form = unpackForm(packed)
    if (packed && form)
      return goOnWith(app, forum, request, reply, { packed, form, member: known.id, session, told: [] })
    return reply.redirect(ownPathOr(next, '/'), 303)
  })
}
