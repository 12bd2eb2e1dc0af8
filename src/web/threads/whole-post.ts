import { Type } from 'typebox'
import { wholePostPage } from '../../../views/threads/whole-post-page.ts'
import { movedPlace } from '../../forum/discussion/moved-posts.ts'
import { wholePost } from '../../forum/discussion/shown-posts.ts'
import type { Forum } from '../../forum/forum.ts'
import { wholePostPath } from '../../paths.ts'
import { found, htmlPage, moved } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { notFound } from '../../platform/problem.ts'
import { keptAt } from '../kept-at.ts'
import { Id, PostNumber } from '../shapes.ts'
import { threadIn } from './thread-in-address.ts'

const params = Type.Object({ id: Id, number: PostNumber })

/** A page for a post that is too long for its thread's page. */
export function wholePostRoutes(app: App, forum: Forum): void {
  const options = {
    schema: { params, response: { 200: htmlPage, 301: moved, 302: found } },
    config: { sharedPage: true },
  }
  app.get('/threads/:id/posts/:number/whole', options, async (request, reply) => {
    const { id, number } = request.params
    const place = await movedPlace(forum.database, id, number)
    if (place) return reply.redirect(wholePostPath({ id: place.thread, slug: '' }, place.number), 302)
    const thread = await threadIn(forum, request)
    const post = await wholePost(forum.database, id, number)
    if (post?.deletedAt !== null) throw notFound('posts.not_found')
    request.keptAt = keptAt(`/threads/${id}/posts/${number}/whole`, `thread:${id}`)
    return reply.html(wholePostPage(request.page, { thread, post }))
  })
}
