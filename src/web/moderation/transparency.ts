import { transparencyPage } from '../../../views/moderation/transparency-page.ts'
import type { Forum } from '../../forum/forum.ts'
import { readTransparency } from '../../forum/moderation/transparency.ts'
import { htmlPage } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'

/** The public page with the numbers of moderation. */
export function transparencyRoutes(app: App, forum: Forum): void {
  app.get('/transparency', { schema: { response: { 200: htmlPage } } }, async (request, reply) =>
    reply.html(transparencyPage(request.page, await readTransparency(forum))),
  )
}
