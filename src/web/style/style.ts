import { stylePage } from '../../../views/style/style-page.ts'
import type { Forum } from '../../forum/forum.ts'
import { htmlPage } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'

/** Every part of the pages in every state, for developers: only with `npm run dev`. */
export function styleRoutes(app: App, { config }: Forum): void {
  if (!config.development) return
  app.get('/style', { schema: { response: { 200: htmlPage } } }, async ({ page }, reply) => reply.html(stylePage(page)))
}
