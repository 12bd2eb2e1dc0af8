import { draftsPage } from '../../../views/drafts/drafts-page.ts'
import { htmlPage } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { signedIn } from '../members/recognise-members.ts'

/** The page of drafts. They stay on the member's device, so the server reads nothing. */
export function draftRoutes(app: App): void {
  const page = { schema: { response: { 200: htmlPage } }, preValidation: signedIn }
  app.get('/drafts', page, async (request, reply) => reply.html(draftsPage(request.page)))
}
