import { Type } from 'typebox'
import { memberPage } from '../../../views/members/member-page.ts'
import { readMemberPage } from '../../forum/discussion/member-page.ts'
import type { Forum } from '../../forum/forum.ts'
import { memberPath } from '../../paths.ts'
import { htmlPage, moved } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { notFound } from '../../platform/problem.ts'
import { Id } from '../shapes.ts'

/** What everybody may know of a member, and what they have written. */
export function memberRoutes(app: App, forum: Forum): void {
  const schema = {
    params: Type.Object({ username: Type.String({ maxLength: 200 }) }),
    querystring: Type.Object({ before: Type.Optional(Id) }),
    response: { 200: htmlPage, 301: moved },
  }
  app.get('/members/:username', { schema }, async (request, reply) => {
    const { username } = request.params
    const member = await readMemberPage(forum, username, request.query.before)
    if (!member) throw notFound('members.not_found')
    if (member.username !== username) return reply.redirect(memberPath(member.username), 301)
    return reply.html(memberPage(request.page, member))
  })
}
