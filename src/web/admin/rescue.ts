import { Type } from 'typebox'
import { rescuePage } from '../../../views/admin/rescue-page.ts'
import { rescueMember } from '../../forum/administration/rescue-member.ts'
import type { Forum } from '../../forum/forum.ts'
import { htmlPage } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { memberOf } from '../members/recognise-members.ts'
import { administers } from './administers.ts'

/** A one-time link for a member who has no other way to log in any more. */
export function rescueRoutes(app: App, forum: Forum): void {
  const options = {
    schema: { params: Type.Object({ username: Type.String({ maxLength: 200 }) }), response: { 200: htmlPage } },
    preValidation: administers(forum),
  }
  app.post('/members/:username/rescue', options, async (request, reply) => {
    const { username } = request.params
    const link = await rescueMember(forum, username, memberOf(request).id)
    return reply.html(rescuePage(request.page, { username, link }))
  })
}
