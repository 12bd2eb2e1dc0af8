import { Type } from 'typebox'
import { deletePost, restorePost } from '../../forum/discussion/delete-post.ts'
import type { Forum } from '../../forum/forum.ts'
import { seeOther } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { memberOf, signedIn } from '../members/recognise-members.ts'
import { Id } from '../shapes.ts'
import { backToPost } from './back-to-post.ts'
import { sentReason } from './sent-reason.ts'
import { sentVersion } from './sent-version.ts'

/** Deleting and restoring a post. */
export function deleteRoutes(app: App, forum: Forum): void {
  const schema = { params: Type.Object({ id: Id }), response: { 303: seeOther } }
  const options = { schema, preValidation: signedIn, config: { countsItself: true } }
  app.post('/posts/:id/delete', options, async (request, reply) => {
    const member = memberOf(request)
    const post = await deletePost(forum, request.params.id, member, sentReason(request))
    const isOwn = post.authorId === member.id
    return backToPost(reply, post, isOwn ? 'done.deleted' : 'done.removed')
  })
  app.post('/posts/:id/restore', options, async (request, reply) => {
    const { id } = request.params
    const post = await restorePost(forum, id, memberOf(request), sentReason(request), sentVersion(request))
    return backToPost(reply, post, 'done.restored')
  })
}
