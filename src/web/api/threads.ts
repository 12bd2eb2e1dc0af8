import { Type } from 'typebox'
import { findThread } from '../../forum/discussion/find-thread.ts'
import { startThread } from '../../forum/discussion/start-thread.ts'
import { readTypedPost, readTypedPosts } from '../../forum/discussion/typed-posts.ts'
import { readUpTo } from '../../forum/following/read-up-to.ts'
import { type AskedThreads, readThreadsPage } from '../../forum/following/threads-page.ts'
import type { Forum } from '../../forum/forum.ts'
import { json, moved, nothing } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { memberOf } from '../members/recognise-members.ts'
import { Id, OpeningBody, PostNumber, RequestId, Slug } from '../shapes.ts'
import { needs, open } from './access.ts'
import { postAsJson, threadAsJson } from './as-json.ts'
import { gathered, Limit, linkNext, listOf } from './lists.ts'
import { KeyHeader, madeOnce } from './once.ts'
import { Before, Placed, Post, Sort, Thread, ThreadAlone, WAITS } from './shapes.ts'
import type { ReadThreadAlone } from './thread-alone.ts'

const List = Type.Object({
  sort: Sort,
  show: Type.Optional(Type.Enum(['unread', 'followed'], { description: 'Only those; with a token' })),
  before: Before,
  limit: Limit,
})

const NewThread = Type.Object({
  title: Type.String({ maxLength: 2_000 }),
  body: OpeningBody,
  boards: Type.Array(Slug, { maxItems: 100, description: 'Slugs; one to eight' }),
  request_id: RequestId,
})

const POSTS_AT_ONCE = 20
const params = Type.Object({ id: Id })

export function threadRoutes(api: App, forum: Forum, threadAlone: ReadThreadAlone): void {
  const listing = { config: open('list_threads'), schema: { querystring: List, response: { 200: listOf(Thread) } } }
  api.get('/threads', listing, async (request, reply) => {
    const { sort = 'active', show, before, limit } = request.query
    const asked: AskedThreads = show
      ? { list: show, reader: memberOf(request) }
      : { list: sort, reader: request.member }
    const { items, next } = await gathered(limit, before, async (from, most) => {
      const page = await readThreadsPage(forum, asked, from, most)
      return { items: page.threads, next: page.next }
    })
    linkNext(request, reply, 'before', next)
    return { items: items.map(threadAsJson) }
  })

  const starting = {
    config: needs('write', 'start_thread'),
    schema: {
      headers: KeyHeader,
      body: NewThread,
      response: { 201: { ...json(ThreadAlone), headers: Placed }, 202: { ...json(Post), description: WAITS } },
    },
  }
  api.post('/threads', starting, async (request, reply) => {
    const { title, body, boards } = request.body
    const author = memberOf(request)
    const id = await madeOnce(forum, request, (requestId) =>
      startThread(forum, { author, title, body, boards, requestId }),
    )
    const { thread, post } = await readTypedPost(forum, id, author)
    if (post.heldAt !== null) {
      reply.code(202)
      return postAsJson(thread, post)
    }
    reply.code(201).header('location', `/api/v1/threads/${thread.id}`)
    return threadAlone(thread.id, author)
  })

  const one = { config: open('read_thread'), schema: { params, response: { 200: json(ThreadAlone), 301: moved } } }
  api.get('/threads/:id', one, async ({ params: { id }, member }) => threadAlone(id, member))

  const Posts = Type.Object({
    after: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 2 ** 31 - 102, description: 'The number before the first' }),
    ),
    limit: Limit,
  })
  const reading = {
    config: open('list_posts'),
    schema: { params, querystring: Posts, response: { 200: listOf(Post), 301: moved } },
  }
  api.get('/threads/:id/posts', reading, async (request, reply) => {
    const { after = 0, limit: most = POSTS_AT_ONCE } = request.query
    const thread = await findThread(forum, request.params.id, request.member)
    const posts = await readTypedPosts(forum, thread, { after, most }, request.member)
    linkNext(request, reply, 'after', after + most < thread.lastNumber ? String(after + most) : null)
    return { items: posts.map((post) => postAsJson(thread, post)) }
  })

  const upTo = {
    config: needs('write', 'mark_thread_read'),
    schema: { params, body: Type.Object({ number: PostNumber }), response: { 204: nothing } },
  }
  api.post('/threads/:id/read', upTo, async (request, reply) => {
    const member = memberOf(request)
    const { id } = await findThread(forum, request.params.id, member)
    await readUpTo(forum, member.id, id, request.body.number)
    return reply.code(204).send()
  })
}
