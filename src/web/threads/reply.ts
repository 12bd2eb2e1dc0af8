import { randomUUID } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { FieldMessages } from '../../../views/page.ts'
import { article } from '../../../views/threads/article.ts'
import { replyPage } from '../../../views/threads/reply-page.ts'
import { threadSubscription } from '../../../views/threads/thread-page.ts'
import { postByNumber, standing } from '../../forum/discussion/post-in-thread.ts'
import { type Preview, previewBody } from '../../forum/discussion/preview-body.ts'
import { type PlacedPost, replyToThread } from '../../forum/discussion/reply-to-thread.ts'
import { postsInRange } from '../../forum/discussion/shown-posts.ts'
import { readPosts } from '../../forum/discussion/thread-page.ts'
import { levelOfThread } from '../../forum/following/subscription-queries.ts'
import type { Forum } from '../../forum/forum.ts'
import { postPath, threadPath } from '../../paths.ts'
import { htmlPage, json, seeOther } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { sendPlace } from '../../platform/http/forms/send-place.ts'
import { sentForm } from '../../platform/http/forms/sent-form.ts'
import { wantsJson } from '../../platform/http/wants-json.ts'
import { Problem } from '../../platform/problem.ts'
import type { Html } from '../../platform/text/html.ts'
import { memberOf, signedIn } from '../members/recognise-members.ts'
import { Body, Id, optionalNumber, PostNumber, PreviewButton, RequestId } from '../shapes.ts'
import { threadIn } from './thread-in-address.ts'

/** What a script needs to show the new reply in the page, and to send the next one. */
const MadeReply = Type.Object({
  location: Type.String(),
  number: Type.Optional(PostNumber),
  html: Type.Optional(Type.String()),
  request_id: Type.Optional(Type.String()),
  subscription: Type.Optional(Type.String()),
})

const ReplyToThread = {
  params: Type.Object({ id: Id }),
  body: Type.Object({
    body: Body,
    reply_to: optionalNumber(PostNumber),
    request_id: RequestId,
    preview: PreviewButton,
  }),
  response: { 200: htmlPage, 201: json(MadeReply), 303: seeOther },
}

/** Replying to a thread, with a preview on request. */
export function replyRoutes(app: App, forum: Forum): void {
  const options = { schema: ReplyToThread, preValidation: signedIn, config: { formAgain, countsItself: true } }
  app.post('/threads/:id/replies', options, async (request, reply) => {
    const { body, reply_to, request_id: requestId, preview } = request.body
    if (preview) return reply.html(await previewed(request))
    const author = memberOf(request)
    const replyTo = reply_to || undefined
    const sent = { thread: request.params.id, author, body, replyTo, requestId }
    const post = await replyToThread(forum, sent).catch((error: unknown) => refused(request, error))
    if (post.held) reply.tell({ key: 'done.held', values: { number: post.number } })
    return sendPlace(request, reply, postPath(post.thread, post.number), await forScript(request, post))
  })

  /** When the thread was locked while somebody wrote, the error page with their text links back to it. */
  async function refused(request: FastifyRequest, error: unknown): Promise<never> {
    if (!(error instanceof Problem && error.status === 403)) throw error
    const thread = await threadIn(forum, request)
    throw new Problem(error.status, error.key, { instead: { path: threadPath(thread), title: thread.title } })
  }

  /** What a script needs to show the new reply in the page without reloading. */
  async function forScript(request: FastifyRequest, { thread, number }: PlacedPost): Promise<object> {
    if (!wantsJson(request)) return {}
    const member = memberOf(request)
    const [posts, level] = await Promise.all([
      postsInRange(forum.database, thread.id, number - 1, number),
      levelOfThread(forum.database, member.id, thread.id),
    ])
    // The author could reply a moment ago, so the page still offers it.
    const [post] = await readPosts(forum, { lockedAt: null, removedAt: null }, posts, member)
    if (!post) return {}
    return {
      number,
      html: article(request.page, thread, post).toString(),
      request_id: randomUUID(),
      // A first reply makes its author follow the thread.
      subscription: threadSubscription(request.page, thread, level).toString(),
    }
  }

  function formAgain(request: FastifyRequest, messages: FieldMessages): Promise<Html> {
    return formPage(request, messages, null)
  }

  async function previewed(request: FastifyRequest): Promise<Html> {
    const thread = await threadIn(forum, request)
    const source = { body: sentForm(request).text('body'), language: request.page.language, guess: true, thread }
    return formPage(request, {}, await previewBody(forum, memberOf(request).id, source))
  }

  async function formPage(request: FastifyRequest, messages: FieldMessages, preview: Preview | null) {
    const sent = sentForm(request)
    const thread = await threadIn(forum, request)
    const number = Number(sent.text('reply_to'))
    const answered =
      Number.isSafeInteger(number) && number <= thread.lastNumber
        ? standing(await postByNumber(forum.database, thread.id, number))
        : null
    return replyPage(request.page, thread, {
      thread,
      body: sent.text('body'),
      answered,
      requestId: sent.text('request_id') || randomUUID(),
      preview,
      messages,
      autofocus: preview === null,
    })
  }
}
