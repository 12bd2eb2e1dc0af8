import { privacyPage } from '../../../views/privacy/privacy-page.ts'
import { RETENTION } from '../../forum/retention.ts'
import { htmlPage } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'

/** What is kept, and for how long, for everybody to read. */
export function privacyRoutes(app: App): void {
  app.get('/privacy', { schema: { response: { 200: htmlPage } } }, async ({ page }, reply) =>
    reply.html(privacyPage(page, RETENTION)),
  )
}
