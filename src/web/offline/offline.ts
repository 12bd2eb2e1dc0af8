import { readFile } from 'node:fs/promises'
import { offlinePage } from '../../../views/offline/offline-page.ts'
import { file, htmlPage } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { lean } from '../../platform/http/assets.ts'

const WORKER = new URL('../../../static/worker/service-worker.js', import.meta.url)

/** What keeps pages that were read on the device of their reader, and the page that says which. */
export function offlineRoutes(app: App): void {
  const page = { schema: { response: { 200: htmlPage } }, config: { forEverybody: true } }
  app.get('/offline', page, async (request, reply) => reply.html(offlinePage(request.page)))
  // At the root: it may only answer for pages below its own address (W3C, Service Workers).
  const options = { schema: { response: { 200: file } }, config: { sameForAll: true } }
  app.get('/service-worker.js', options, async (_request, reply) =>
    reply
      .type('text/javascript; charset=utf-8')
      .header('cache-control', 'no-cache')
      .send(lean(await readFile(WORKER, 'utf8'))),
  )
}
