import { Type } from 'typebox'
import type { Forum } from '../../forum/forum.ts'
import { deviceName } from '../../forum/members/sessions/device-name.ts'
import { addPushBrowser, removePushBrowser } from '../../forum/push/push-browsers.ts'
import { LONGEST_PUSH_ADDRESS } from '../../limits.ts'
import { nothing, seeOther } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { memberOf, signedIn } from '../members/recognise-members.ts'
import { Id } from '../shapes.ts'

/** The address that a browser gives a script for push messages (W3C, Push API). */
const NewBrowser = Type.Object({ address: Type.String({ minLength: 1, maxLength: LONGEST_PUSH_ADDRESS }) })

/** The push browsers of a member. The mail settings list them. */
export function pushRoutes(app: App, forum: Forum): void {
  const adding = { schema: { body: NewBrowser, response: { 204: nothing } }, preValidation: signedIn }
  app.post('/settings/push', adding, async (request, reply) => {
    const device = deviceName(request.headers['user-agent'])
    await addPushBrowser(forum, memberOf(request).id, { ...request.body, device })
    return reply.code(204).send()
  })

  const one = { schema: { params: Type.Object({ id: Id }), response: { 303: seeOther } }, preValidation: signedIn }
  app.post('/settings/push/:id/remove', one, async (request, reply) => {
    await removePushBrowser(forum, memberOf(request).id, request.params.id)
    return reply.tell({ key: 'done.push_removed', values: {} }).redirect('/settings/email#push', 303)
  })
}
