import { randomUUID } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { newThreadPage } from '../../../views/threads/new-thread-page.ts'
import { threadPage } from '../../../views/threads/thread-page.ts'
import { pageOfNumber, postPath, threadPath } from '../../paths.ts'
import type { Forum } from '../../platform/forum.ts'
import type { App } from '../../platform/http/app.ts'
import { notFound } from '../../platform/http/errors.ts'
import { takeAttempt } from '../../platform/http/rate-limits.ts'
import { sentForm } from '../../platform/http/sent-form.ts'
import { Body, Id, PageNumber, PostNumber, PreviewButton, RequestId, Slug } from '../../platform/http/shapes.ts'
import { memberOf, signedIn } from '../accounts/sessions/on-requests.ts'
import { boardCatalogue } from '../boards/catalogue.ts'
import { rightsOver } from '../moderation/permissions.ts'
import { emptyReply } from '../posts/empty-reply.ts'
import { postByNumber, threadPosts } from '../posts/queries.ts'
import { renderBody } from '../posts/render-body.ts'
import { boardsOf } from './lines.ts'
import { type Thread, threadById } from './queries.ts'
import { startThread } from './start-thread.ts'

const NEW_THREADS = { action: 'start-thread', most: 10, seconds: 3_600 }

/** Starting a thread, and reading one. */
export function threadRoutes(app: App, forum: Forum): void {
  const { database } = forum

  const boards = Type.Array(Slug, { maxItems: 100 })
  const newSchema = { querystring: Type.Object({ board: Type.Optional(boards) }) }
  app.get('/threads/new', { schema: newSchema, preValidation: signedIn }, async (request, reply) =>
    reply.html(await newThread(request, { title: '', body: '', chosen: request.query.board ?? [] }, {}, null)),
  )

  const NewThread = Type.Object({
    title: Type.String({ maxLength: 2_000 }),
    body: Body,
    boards: Type.Optional(boards),
    request_id: RequestId,
    preview: PreviewButton,
  })
  const postOptions = { schema: { body: NewThread }, preValidation: signedIn, config: { formAgain } }
  app.post('/threads', postOptions, async (request, reply) => {
    const { title, body, boards = [], request_id: requestId, preview } = request.body
    if (preview) {
      const { html } = await renderBody(forum, { body, language: request.page.language, thread: null })
      return reply.html(await newThread(request, { title, body, chosen: boards }, {}, html))
    }
    const author = memberOf(request)
    await takeAttempt(forum, NEW_THREADS, String(author.id))
    const post = await startThread(forum, { author, title, body, boards, requestId })
    return reply.redirect(postPath(post.thread, post.number), 303)
  })

  function formAgain(request: FastifyRequest, messages: Record<string, string>): Promise<string> {
    const sent = sentForm(request)
    return newThread(
      request,
      { title: sent.text('title'), body: sent.text('body'), chosen: sent.list('boards') },
      messages,
      null,
    )
  }

  async function newThread(
    request: FastifyRequest,
    form: { title: string; body: string; chosen: readonly string[] },
    messages: Record<string, string>,
    previewHtml: string | null,
  ): Promise<string> {
    const { cities, technologies } = await boardCatalogue(forum)
    const requestId = sentForm(request).text('request_id') || randomUUID()
    return newThreadPage(request.page, { ...form, cities, technologies, requestId, previewHtml, messages })
  }

  const threadSchema = {
    params: Type.Object({ id: Id, slug: Slug }),
    querystring: Type.Object({
      page: Type.Optional(PageNumber),
      reply_to: Type.Optional(PostNumber),
      quote: Type.Optional(PostNumber),
    }),
  }
  app.get('/threads/:id/:slug', { schema: threadSchema }, async (request, reply) => {
    const { page = 1, reply_to: replyTo, quote } = request.query
    const thread = await thisThread(request.params.id)
    if (thread.slug !== request.params.slug) return reply.redirect(withQuery(threadPath(thread), request), 301)
    const pages = pageOfNumber(thread.lastNumber)
    if (page > pages) throw notFound('threads.no_such_page')

    const [catalogue, posts, answered] = await Promise.all([
      boardCatalogue(forum),
      threadPosts(database, thread.id, page),
      request.member && (replyTo ?? quote) ? postByNumber(database, thread.id, replyTo ?? quote ?? 0) : null,
    ])
    return reply.html(
      threadPage(request.page, {
        thread,
        boards: boardsOf(catalogue, thread),
        page,
        pages,
        posts: posts.map((post) => ({ ...post, rights: request.member && rightsOver(request.member, post) })),
        description: posts[0]?.excerpt ?? '',
        reply: request.member && emptyReply(thread, answered, quote !== undefined),
      }),
    )
  })

  app.get('/threads/:id', { schema: { params: Type.Object({ id: Id }) } }, async (request, reply) => {
    const thread = await thisThread(request.params.id)
    return reply.redirect(withQuery(threadPath(thread), request), 301)
  })

  const postSchema = { params: Type.Object({ id: Id, number: PostNumber }) }
  app.get('/threads/:id/posts/:number', { schema: postSchema }, async (request, reply) => {
    const { id, number } = request.params
    const thread = await thisThread(id)
    if (number > thread.lastNumber) throw notFound('posts.not_found')
    return reply.redirect(postPath(thread, number), 302)
  })

  async function thisThread(id: number): Promise<Thread> {
    const thread = await threadById(database, id)
    if (!thread) throw notFound('threads.not_found')
    return thread
  }
}

function withQuery(path: string, request: FastifyRequest): string {
  const start = request.url.indexOf('?')
  return start < 0 ? path : path + request.url.slice(start)
}
