import { Type } from 'typebox'
import { wholePostPage } from '../../../../views/posts/whole-post-page.ts'
import type { Forum } from '../../../platform/forum.ts'
import type { App } from '../../../platform/http/app.ts'
import { notFound } from '../../../platform/http/errors.ts'
import { Id, PostNumber } from '../../../platform/http/shapes.ts'
import { maySeeThread } from '../../moderation/permissions.ts'
import { wholePost } from '../../posts/queries.ts'
import { threadById } from '../queries.ts'

const params = Type.Object({ id: Id, number: PostNumber })

/** A post that is too long for its thread's page, on a page of its own. */
export function wholePostRoutes(app: App, { database }: Forum): void {
  const options = { schema: { params }, config: { sharedPage: true } }
  app.get('/threads/:id/posts/:number/whole', options, async (request, reply) => {
    const { id, number } = request.params
    const [thread, post] = await Promise.all([threadById(database, id), wholePost(database, id, number)])
    if (!thread || !maySeeThread(request.member, thread)) throw notFound('threads.not_found')
    if (post?.deletedAt !== null) throw notFound('posts.not_found')
    request.keptAt = { path: `/threads/${id}/posts/${number}/whole`, tags: [`thread:${id}`] }
    return reply.html(wholePostPage(request.page, { thread, post }))
  })
}
