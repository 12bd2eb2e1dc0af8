import { Type } from 'typebox'
import { muteMember } from '../../forum/following/mute-member.ts'
import type { Forum } from '../../forum/forum.ts'
import { memberPath } from '../../paths.ts'
import { seeOther } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { memberOf, signedIn } from '../members/recognise-members.ts'

const params = Type.Object({ username: Type.String({ maxLength: 200 }) })

/** Muting a member: their posts are folded for this reader only. */
export function mutingRoutes(app: App, forum: Forum): void {
  const options = { preValidation: signedIn, schema: { params, response: { 303: seeOther } } }
  for (const verb of ['mute', 'unmute'] as const) {
    app.post(`/members/:username/${verb}`, options, async (request, reply) => {
      const { username } = request.params
      await muteMember(forum, memberOf(request), username, verb === 'mute')
      return reply.tell({ key: `done.${verb}`, values: { name: username } }).redirect(memberPath(username), 303)
    })
  }
}
