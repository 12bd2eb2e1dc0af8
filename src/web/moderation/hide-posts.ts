import { Type } from 'typebox'
import { deletePost, restorePost } from '../../forum/discussion/delete-post.ts'
import { eraseForGood } from '../../forum/discussion/erase-post.ts'
import type { Forum } from '../../forum/forum.ts'
import { postPath } from '../../paths.ts'
import { seeOther } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { administers } from '../admin/administers.ts'
import { memberOf } from '../members/recognise-members.ts'
import { Id } from '../shapes.ts'
import { backToPost } from '../threads/back-to-post.ts'
import { sentReason } from '../threads/sent-reason.ts'
import { sentVersion } from '../threads/sent-version.ts'
import { moderates } from './moderates.ts'

/**
 * Moderators hide posts and show them again, as authors delete and restore their own. A post that an admin erased never
 * comes back.
 */
export function hidePostRoutes(app: App, forum: Forum): void {
  const schema = { params: Type.Object({ id: Id }), response: { 303: seeOther } }
  const options = { schema, preValidation: moderates, config: { countsItself: true } }
  app.post('/posts/:id/erase', { schema, preValidation: administers(forum) }, async (request, reply) => {
    const post = await eraseForGood(forum, request.params.id, memberOf(request), sentReason(request))
    return reply.redirect(postPath({ id: post.thread.id, slug: '-' }, post.number), 303)
  })

  app.post('/posts/:id/hide', options, async (request, reply) => {
    const post = await deletePost(forum, request.params.id, memberOf(request), sentReason(request))
    return backToPost(reply, post, 'done.removed')
  })

  app.post('/posts/:id/show', options, async (request, reply) => {
    const { id } = request.params
    const post = await restorePost(forum, id, memberOf(request), sentReason(request), sentVersion(request))
    return backToPost(reply, post, 'done.restored')
  })
}
