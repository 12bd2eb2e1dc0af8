import { Type } from 'typebox'
import { wholePostPage } from '../../../views/threads/whole-post-page.ts'
import { wholePost } from '../../forum/discussion/post-queries.ts'
import { threadById } from '../../forum/discussion/thread-queries.ts'
import type { Forum } from '../../forum/forum.ts'
import { maySeeThread } from '../../forum/members/permissions.ts'
import { htmlPage } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { notFound } from '../../platform/problem.ts'
import { keptAt } from '../kept-at.ts'
import { Id, PostNumber } from '../shapes.ts'

const params = Type.Object({ id: Id, number: PostNumber })

/** A post that is too long for its thread's page, on a page of its own. */
export function wholePostRoutes(app: App, { database }: Forum): void {
  const options = { schema: { params, response: { 200: htmlPage } }, config: { sharedPage: true } }
  app.get('/threads/:id/posts/:number/whole', options, async (request, reply) => {
    const { id, number } = request.params
    const [thread, post] = await Promise.all([threadById(database, id), wholePost(database, id, number)])
    if (!thread || !maySeeThread(request.member, thread)) throw notFound('threads.not_found')
    if (post?.deletedAt !== null) throw notFound('posts.not_found')
    request.keptAt = keptAt(`/threads/${id}/posts/${number}/whole`, `thread:${id}`)
    return reply.html(wholePostPage(request.page, { thread, post }))
  })
}
