import { Type } from 'typebox'
import { deletePost, restorePost } from '../../forum/discussion/delete-post.ts'
import type { Forum } from '../../forum/forum.ts'
import { postPath } from '../../paths.ts'
import { seeOther } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { memberOf, signedIn } from '../members/recognise-members.ts'
import { Id } from '../shapes.ts'
import { sentReason } from './sent-reason.ts'
import { sentVersion } from './sent-version.ts'

/** Taking a post out of sight, and showing it again. */
export function deleteRoutes(app: App, forum: Forum): void {
  const schema = { params: Type.Object({ id: Id }), response: { 303: seeOther } }
  const options = { schema, preValidation: signedIn, config: { countsItself: true } }
  app.post('/posts/:id/delete', options, async (request, reply) => {
    const member = memberOf(request)
    const post = await deletePost(forum, request.params.id, member, sentReason(request))
    const isOwn = post.authorId === member.id
    return reply
      .tell({ key: isOwn ? 'done.deleted' : 'done.removed', values: { number: post.number } })
      .redirect(postPath(post.thread, post.number), 303)
  })
  app.post('/posts/:id/restore', options, async (request, reply) => {
    const { id } = request.params
    const post = await restorePost(forum, id, memberOf(request), sentReason(request), sentVersion(request))
    return reply
      .tell({ key: 'done.restored', values: { number: post.number } })
      .redirect(postPath(post.thread, post.number), 303)
  })
}
