import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { threadPage } from '../../../views/threads/thread-page.ts'
import { withdrawnPage } from '../../../views/threads/withdrawn-page.ts'
import { openThreadPages } from '../../forum/discussion/kept-threads.ts'
import { participants, postByNumber } from '../../forum/discussion/post-queries.ts'
import { readThreadPage, readWithdrawnThread } from '../../forum/discussion/thread-page.ts'
import { type Thread, threadById } from '../../forum/discussion/thread-queries.ts'
import { readerOf } from '../../forum/following/reader-of-thread.ts'
import type { Forum } from '../../forum/forum.ts'
import { maySeeThread } from '../../forum/members/permissions.ts'
import { postPath, threadPath } from '../../paths.ts'
import type { App } from '../../platform/http/app.ts'
import { Id, PageNumber, PostNumber, Slug } from '../../platform/http/shapes.ts'
import { notFound } from '../../platform/problem.ts'
import { signedIn } from '../members/recognise-members.ts'
import { emptyReply } from './empty-reply.ts'

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
    const [kept, reader, answered] = await Promise.all([
      pageOf(id, page),
      member && readerOf(database, id, member.id),
      answers ? postByNumber(database, id, answers) : null,
    ])
    const { thread } = kept
    if (!maySeeThread(member, thread)) {
      const withdrawn = await readWithdrawnThread(forum, kept, member)
      if (!withdrawn) throw notFound('threads.not_found')
      return reply.html(withdrawnPage(request.page, withdrawn))
    }
    if (thread.slug !== slug) return reply.redirect(withQuery(threadPath(thread), request), 301)

    request.keptAt = { path: threadPath(thread, page), tags: [`thread:${thread.id}`] }
    const shown = await readThreadPage(forum, kept, page, member)
    const isNews = member && (member.unread > 0 || (reader?.readNumber ?? 0) < shown.upTo)
    if (isNews) request.shown = { thread: thread.id, upTo: shown.upTo }
    return reply.html(
      threadPage(request.page, {
        ...shown,
        firstUnread: reader?.unread?.[1] ?? null,
        level: reader?.level ?? 'none',
        reply: shown.mayReply ? emptyReply(thread, answered, quote !== undefined) : null,
      }),
    )
  })

  app.get('/threads/:id', { schema: { params: Type.Object({ id: Id }) } }, async (request, reply) => {
    const thread = await ownThread(request, request.params.id)
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
    const thread = await ownThread(request, id)
    if (number > thread.lastNumber) throw notFound('posts.not_found', { path: threadPath(thread), title: thread.title })
    return reply.redirect(postPath(thread, number), 302)
  })

  /** The same as `thisThread`, and for who has started it, even when it is out of sight. */
  async function ownThread(request: FastifyRequest, id: number): Promise<Thread> {
    const thread = await threadById(database, id)
    if (thread?.removedAt && thread.authorId === request.member?.id) return thread
    return thisThread(request, id)
  }

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
