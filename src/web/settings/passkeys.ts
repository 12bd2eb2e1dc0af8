import { Type } from 'typebox'
import type { Forum } from '../../forum/forum.ts'
import { addPasskey, passkeyOptions, removePasskey } from '../../forum/members/passkeys/add-passkey.ts'
import { json, seeOther } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import type { FormAgain } from '../error-answers.ts'
import { freshLogin } from '../members/fresh-login.ts'
import { keepChallenge, keptChallenge } from '../members/passkey-cookie.ts'
import { asking, memberOf } from '../members/recognise-members.ts'
import { Id } from '../shapes.ts'

const Added = Type.Object({
  name: Type.String({ maxLength: 200 }),
  /** The browser's answer as JSON. */
  response: Type.String({ maxLength: 200_000 }),
})

/** A member's passkeys. Adding one needs a script, removing one does not. */
export function passkeyRoutes(app: App, forum: Forum, formAgain: FormAgain): void {
  const fresh = { preValidation: freshLogin(forum) }
  const beginning = { ...fresh, schema: { response: { 200: json(Type.Unknown()) } } }
  app.post('/settings/security/passkeys/options', beginning, async (request, reply) => {
    const { options, kept } = await passkeyOptions(forum, memberOf(request))
    keepChallenge(forum, reply, kept)
    return reply.send(options)
  })

  const adding = {
    ...fresh,
    schema: { body: Added, response: { 303: seeOther } },
    config: { formAgain },
    bodyLimit: 1_000_000,
  }
  app.post('/settings/security/passkeys', adding, async (request, reply) => {
    const kept = keptChallenge(forum, request)
    await addPasskey(forum, { ...request.body, ...asking(request), kept })
    return reply.redirect('/settings/security?saved=1', 303)
  })

  const removing = { ...fresh, schema: { params: Type.Object({ id: Id }), response: { 303: seeOther } } }
  app.post('/settings/security/passkeys/:id/remove', removing, async (request, reply) => {
    await removePasskey(forum, asking(request), request.params.id)
    return reply.redirect('/settings/security?saved=1', 303)
  })
}
