import { Type } from 'typebox'
import { historyPage } from '../../../../views/posts/history-page.ts'
import type { Forum } from '../../../platform/forum.ts'
import type { App } from '../../../platform/http/app.ts'
import { notFound } from '../../../platform/http/errors.ts'
import { Id } from '../../../platform/http/shapes.ts'
import { maySeeThread, maySeeVersions } from '../../moderation/permissions.ts'
import { postHistory } from '../post-history.ts'
import { postById } from '../queries.ts'

/** Every version of a post, for whoever may see it. */
export function historyRoutes(app: App, forum: Forum): void {
  app.get('/posts/:id/history', { schema: { params: Type.Object({ id: Id }) } }, async (request, reply) => {
    const post = await postById(forum.database, request.params.id)
    if (!post || !maySeeThread(request.member, post.thread) || !maySeeVersions(request.member, post))
      throw notFound('posts.not_found')
    return reply.html(historyPage(request.page, await postHistory(forum, post)))
  })
}
