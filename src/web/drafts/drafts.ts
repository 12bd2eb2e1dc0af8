import { draftsPage } from '../../../views/drafts/drafts-page.ts'
import { htmlPage } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { signedIn } from '../members/recognise-members.ts'

/** What a member has begun and not sent, which stays on their device: the page asks nobody for it. */
export function draftRoutes(app: App): void {
  const page = { schema: { response: { 200: htmlPage } }, preValidation: signedIn }
  app.get('/drafts', page, async (request, reply) => reply.html(draftsPage(request.page)))
}
