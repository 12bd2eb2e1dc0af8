import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { threadPage } from '../../../../views/threads/thread-page.ts'
import { POSTS_PER_PAGE, pageOfNumber, postPath, threadPath } from '../../../paths.ts'
import type { Forum } from '../../../platform/forum.ts'
import type { App } from '../../../platform/http/app.ts'
import { notFound } from '../../../platform/http/errors.ts'
import { Id, PageNumber, PostNumber, Slug } from '../../../platform/http/shapes.ts'
import { signedIn } from '../../accounts/sessions/on-requests.ts'
import { boardCatalogue } from '../../boards/catalogue.ts'
import { mayModerate, mayReply, maySeeThread, rightsOver } from '../../moderation/permissions.ts'
import { emptyReply } from '../../posts/empty-reply.ts'
import { participants, postByNumber } from '../../posts/queries.ts'
import { boardsOf } from '../lines.ts'
import { readerOf, type Thread, threadById } from '../queries.ts'
import { openThreadPages } from '../thread-pages.ts'

const ReadThread = {
  params: Type.Object({ id: Id, slug: Slug }),
  querystring: Type.Object({
    page: Type.Optional(PageNumber),
    reply_to: Type.Optional(PostNumber),
    quote: Type.Optional(PostNumber),
  }),
}

/** Reading a thread page by page, and the links that lead to its posts. */
export function readThreadRoutes(app: App, forum: Forum): void {
  const { database } = forum
  const pageOf = openThreadPages(forum)

  app.get('/threads/:id/:slug', { schema: ReadThread, config: { sharedPage: true } }, async (request, reply) => {
    const { page = 1, reply_to: replyTo, quote } = request.query
    const { id, slug } = request.params
    const { member } = request
    const answers = member && (replyTo ?? quote)
    const [catalogue, shown, reader, answered] = await Promise.all([
      boardCatalogue(forum),
      pageOf(id, page),
      member && readerOf(database, id, member.id),
      answers ? postByNumber(database, id, answers) : null,
    ])
    const { thread, posts } = shown
    if (!maySeeThread(member, thread)) throw notFound('threads.not_found')
    if (thread.slug !== slug) return reply.redirect(withQuery(threadPath(thread), request), 301)
    const pages = pageOfNumber(thread.lastNumber)

    request.keptAt = { path: threadPath(thread, page), tags: [`thread:${thread.id}`] }
    const upTo = Math.min(POSTS_PER_PAGE * page, thread.lastNumber)
    const isNews = member && (member.unread > 0 || (reader?.readNumber ?? 0) < upTo)
    if (isNews) request.shown = { thread: thread.id, upTo }
    const view = {
      thread,
      boards: boardsOf(catalogue, thread),
      page,
      pages,
      posts: posts.map((post) => ({ ...post, rights: member && rightsOver(member, post, thread) })),
      description: posts[0]?.excerpt ?? '',
      firstUnread: reader?.unread?.[1] ?? null,
      level: reader?.level ?? 'none',
      reply: mayReply(member, thread) ? emptyReply(thread, answered, quote !== undefined) : null,
      mayModerate: mayModerate(member),
    }
    return reply.html(threadPage(request.page, view))
  })

  app.get('/threads/:id', { schema: { params: Type.Object({ id: Id }) } }, async (request, reply) => {
    const thread = await thisThread(request, request.params.id)
    return reply.redirect(withQuery(threadPath(thread), request), 301)
  })

  const participating = { schema: { params: Type.Object({ id: Id }) }, preValidation: signedIn }
  app.get('/threads/:id/posts/authors', participating, async (request) => {
    const thread = await thisThread(request, request.params.id)
    return { names: await participants(database, thread.id) }
  })

  const schema = { params: Type.Object({ id: Id, number: PostNumber }) }
  app.get('/threads/:id/posts/:number', { schema }, async (request, reply) => {
    const { id, number } = request.params
    const thread = await thisThread(request, id)
    if (number > thread.lastNumber) throw notFound('posts.not_found', { path: threadPath(thread), title: thread.title })
    return reply.redirect(postPath(thread, number), 302)
  })

  async function thisThread({ member }: FastifyRequest, id: number): Promise<Thread> {
    const thread = await threadById(database, id)
    if (!thread || !maySeeThread(member, thread)) throw notFound('threads.not_found')
    return thread
  }
}

function withQuery(path: string, request: FastifyRequest): string {
  const start = request.url.indexOf('?')
  return start < 0 ? path : path + request.url.slice(start)
}
