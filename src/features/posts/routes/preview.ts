import { Type } from 'typebox'
import type { Forum } from '../../../platform/forum.ts'
import type { App } from '../../../platform/http/app.ts'
import { takeAttempt } from '../../../platform/http/rate-limits.ts'
import { Body } from '../../../platform/http/shapes.ts'
import { memberOf, signedIn } from '../../accounts/sessions/on-requests.ts'
import { renderBody } from '../render-body.ts'

const PREVIEWS = { action: 'preview', most: 120, seconds: 300 }

/** What a body would look like as a post, as a piece of HTML, for a page that shows it beside what is being typed. */
export function previewRoutes(app: App, forum: Forum): void {
  app.post(
    '/preview',
    { schema: { body: Type.Object({ body: Body }) }, preValidation: signedIn },
    async (request, reply) => {
      await takeAttempt(forum, PREVIEWS, String(memberOf(request).id))
      const { html } = await renderBody(forum, {
        body: request.body.body,
        language: request.page.language,
        thread: null,
      })
      return reply.html(html)
    },
  )
}
