import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { movePostsPage } from '../../../views/moderation/move-posts-page.ts'
import type { FieldMessages } from '../../../views/page.ts'
import { findPost } from '../../forum/discussion/find-post.ts'
import { movePosts } from '../../forum/discussion/move-posts.ts'
import { postsInRange } from '../../forum/discussion/shown-posts.ts'
import type { Forum } from '../../forum/forum.ts'
import { numberedPostsPath, POSTS_PER_PAGE } from '../../paths.ts'
import { htmlPage, seeOther } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { sentForm } from '../../platform/http/forms/sent-form.ts'
import { invalidField } from '../../platform/problem.ts'
import type { Html } from '../../platform/text/html.ts'
import { memberOf } from '../members/recognise-members.ts'
import { Id, Mark, PostNumber } from '../shapes.ts'
import { idIn } from '../threads/thread-in-address.ts'
import { moderates, moderatorOf } from './moderates.ts'
import { threadNamed } from './thread-named.ts'

const params = Type.Object({ id: Id })
const Move = Type.Object({
  numbers: Type.Optional(Type.Array(PostNumber, { maxItems: 2_000 })),
  /** Says that the page showed boxes, because a browser sends nothing for empty ones. */
  numbers_asked: Mark,
  to: Type.Optional(Type.String({ maxLength: 2_000 })),
  title: Type.Optional(Type.String({ maxLength: 2_000 })),
})

/** Moves posts to another thread or to a new one. */
export function movePostRoutes(app: App, forum: Forum): void {
  const moderating = { preValidation: moderates }
  const shown = { ...moderating, schema: { params, response: { 200: htmlPage } } }
  app.get('/posts/:id/move', shown, async (request, reply) => reply.html(await page(request, {})))

  const schema = { params, body: Move, response: { 303: seeOther } }
  app.post('/posts/:id/move', { ...moderating, schema, config: { formAgain: page } }, async (request, reply) => {
    const post = await findPost(forum, request.params.id, memberOf(request))
    const { numbers = [], numbers_asked: asked, to = '', title = '' } = request.body
    if (asked !== undefined && numbers.length === 0) throw invalidField('numbers', 'errors.none_chosen')
    const chosen = numbers.length > 0 ? numbers : [post.number]
    const target = to.trim() === '' ? { title } : { thread: named(to) }
    const place = await movePosts(forum, post.thread.id, chosen, target, moderatorOf(request))
    return reply.redirect(`${numberedPostsPath({ id: place.thread })}${place.number}`, 303)
  })

  /** Offers the post and those after it, because a side discussion usually has a first post. */
  async function page(request: FastifyRequest, messages: FieldMessages): Promise<Html> {
    const { id, number, thread } = await findPost(forum, idIn(request), memberOf(request))
    const sent = sentForm(request)
    const chosen = sent.list('numbers').map(Number)
    const posts = await postsInRange(forum.database, thread.id, number - 1, number - 1 + POSTS_PER_PAGE)
    return movePostsPage(request.page, {
      ...{ id, thread, posts, messages },
      chosen: sent.list('numbers_asked').length > 0 ? chosen : [number],
      to: sent.text('to'),
      title: sent.text('title'),
      reason: sent.text('reason'),
    })
  }
}

function named(to: string): number {
  const id = threadNamed(to)
  if (id === null) throw invalidField('to', 'moderation.no_such_thread')
  return id
}
