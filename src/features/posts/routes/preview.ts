import { Type } from 'typebox'
import type { Forum } from '../../../platform/forum.ts'
import type { App } from '../../../platform/http/app.ts'
import { takeAttempt } from '../../../platform/http/rate-limits.ts'
import { Body, Id } from '../../../platform/http/shapes.ts'
import { memberOf, signedIn } from '../../accounts/sessions/on-requests.ts'
import { threadById } from '../../threads/queries.ts'
import { renderBody } from '../render-body.ts'

const Preview = Type.Object({
  body: Body,
  /** The thread that it is to stand in, for links to its posts. */
  thread: Type.Optional(Id),
})

const PREVIEWS = { action: 'preview', most: 120, seconds: 300 }

/** What a body would look like as a post, as a piece of HTML, for a page that shows it beside what is being typed. */
export function previewRoutes(app: App, forum: Forum): void {
  app.post('/preview', { schema: { body: Preview }, preValidation: signedIn }, async (request, reply) => {
    const { body, thread: id } = request.body
    await takeAttempt(forum, PREVIEWS, String(memberOf(request).id))
    const thread = id === undefined ? null : await threadById(forum.database, id)
    const { html } = await renderBody(forum, { body, language: request.page.language, thread })
    return reply.html(html)
  })
}
