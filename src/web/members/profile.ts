import { Type } from 'typebox'
import { memberPage } from '../../../views/members/member-page.ts'
import { POSTS_ON_PROFILE, postsBy } from '../../forum/discussion/post-queries.ts'
import type { Forum } from '../../forum/forum.ts'
import { publicProfile } from '../../forum/members/queries.ts'
import { memberPath } from '../../paths.ts'
import { htmlPage, moved } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { notFound } from '../../platform/problem.ts'
import { Id } from '../shapes.ts'

/** What everybody may know of a member, and what they have written. */
export function memberRoutes(app: App, { database }: Forum): void {
  const schema = {
    params: Type.Object({ username: Type.String({ maxLength: 200 }) }),
    querystring: Type.Object({ before: Type.Optional(Id) }),
    response: { 200: htmlPage, 301: moved },
  }
  app.get('/members/:username', { schema }, async (request, reply) => {
    const { username } = request.params
    const member = await publicProfile(database, username)
    if (!member) throw notFound('members.not_found')
    const { before } = request.query
    if (member.username !== username) return reply.redirect(memberPath(member.username), 301)
    const posts = await postsBy(database, member.id, before ?? Number.MAX_SAFE_INTEGER)
    const last = posts.length === POSTS_ON_PROFILE ? posts.at(-1) : undefined
    const older = before === undefined ? null : { cursor: String(before) }
    return reply.html(memberPage(request.page, { ...member, posts, older, next: last ? String(last.id) : null }))
  })
}
