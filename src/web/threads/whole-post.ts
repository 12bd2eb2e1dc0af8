import { Type } from 'typebox'
import { wholePostPage } from '../../../views/threads/whole-post-page.ts'
import { wholePost } from '../../forum/discussion/shown-posts.ts'
import type { Forum } from '../../forum/forum.ts'
import { htmlPage } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { notFound } from '../../platform/problem.ts'
import { keptAt } from '../kept-at.ts'
import { Id, PostNumber } from '../shapes.ts'
import { seesThread, threadOf } from './thread-in-address.ts'

const params = Type.Object({ id: Id, number: PostNumber })

/** A post that is too long for its thread's page, on a page of its own. */
export function wholePostRoutes(app: App, forum: Forum): void {
  const options = {
    schema: { params, response: { 200: htmlPage } },
    config: { sharedPage: true },
    preHandler: seesThread(forum),
  }
  app.get('/threads/:id/posts/:number/whole', options, async (request, reply) => {
    const { id, number } = request.params
    const post = await wholePost(forum.database, id, number)
    if (post?.deletedAt !== null) throw notFound('posts.not_found')
    request.keptAt = keptAt(`/threads/${id}/posts/${number}/whole`, `thread:${id}`)
    return reply.html(wholePostPage(request.page, { thread: threadOf(request), post }))
  })
}
