import { randomUUID } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { FieldMessages } from '../../../views/page.ts'
import { newThreadPage } from '../../../views/threads/new-thread-page.ts'
import { boardCatalogue } from '../../forum/boards/catalogue.ts'
import { type Preview, previewBody } from '../../forum/discussion/preview-body.ts'
import { startThread } from '../../forum/discussion/start-thread.ts'
import type { Forum } from '../../forum/forum.ts'
import { mayWrite, whyNotWrite } from '../../forum/members/permissions.ts'
import { postPath } from '../../paths.ts'
import { htmlPage, made, seeOther } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { sendPlace } from '../../platform/http/forms/send-place.ts'
import { sentForm } from '../../platform/http/forms/sent-form.ts'
import { notAllowed } from '../../platform/problem.ts'
import type { Html } from '../../platform/text/html.ts'
import { memberOf, signedIn } from '../members/recognise-members.ts'
import { OpeningBody, PreviewButton, RequestId, Slug } from '../shapes.ts'

const Boards = Type.Optional(Type.Array(Slug, { maxItems: 100 }))
const NewThread = Type.Object({
  title: Type.String({ maxLength: 2_000 }),
  body: OpeningBody,
  boards: Boards,
  request_id: RequestId,
  preview: PreviewButton,
})

interface NewThreadForm {
  title: string
  body: string
  chosen: readonly string[]
}

/** Starting a thread in one to eight boards. */
export function newThreadRoutes(app: App, forum: Forum): void {
  const query = { querystring: Type.Object({ board: Boards }), response: { 200: htmlPage } }
  app.get('/threads/new', { schema: query, preValidation: signedIn }, async (request, reply) => {
    const member = memberOf(request)
    // Refuses before somebody writes a long text in vain.
    if (!mayWrite(member)) throw notAllowed(whyNotWrite(member))
    return reply.html(await page(request, { title: '', body: '', chosen: request.query.board ?? [] }, {}, null))
  })

  const schema = { body: NewThread, response: { 200: htmlPage, 201: made, 303: seeOther } }
  const options = { schema, preValidation: signedIn, config: { formAgain } }
  app.post('/threads', options, async (request, reply) => {
    const { title, body, boards = [], request_id: requestId, preview } = request.body
    if (preview) {
      const source = { body, language: request.page.language, guess: true, thread: null }
      const looks = await previewBody(forum, memberOf(request).id, source)
      return reply.html(await page(request, { title, body, chosen: boards }, {}, looks))
    }
    const author = memberOf(request)
    const post = await startThread(forum, { author, title, body, boards, requestId })
    if (post.held) reply.tell({ key: 'done.held', values: { number: 1 } })
    return sendPlace(request, reply, postPath(post.thread, post.number))
  })

  function formAgain(request: FastifyRequest, messages: FieldMessages): Promise<Html> {
    const sent = sentForm(request)
    const form = { title: sent.text('title'), body: sent.text('body'), chosen: sent.list('boards') }
    return page(request, form, messages, null)
  }

  async function page(
    request: FastifyRequest,
    form: NewThreadForm,
    messages: FieldMessages,
    preview: Preview | null,
  ): Promise<Html> {
    const { cities, technologies, withSlug } = await boardCatalogue(forum)
    // A former slug, or the slug of a merged board, chooses the present board.
    const chosen = form.chosen.map((slug) => withSlug(slug)?.slug ?? slug)
    const requestId = sentForm(request).text('request_id') || randomUUID()
    return newThreadPage(request.page, { ...form, chosen, cities, technologies, requestId, preview, messages })
  }
}
