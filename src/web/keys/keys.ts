import { keysPage } from '../../../views/keys/keys-page.ts'
import { htmlPage } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'

/** The page of keyboard shortcuts. */
export function keysRoutes(app: App): void {
  app.get('/keys', { schema: { response: { 200: htmlPage } } }, async ({ page }, reply) => reply.html(keysPage(page)))
}
