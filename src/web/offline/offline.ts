import { readFile } from 'node:fs/promises'
import { offlinePage } from '../../../views/offline/offline-page.ts'
import { file, htmlPage } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { lean } from '../../platform/http/assets.ts'

const WORKER = new URL('../../../static/worker/service-worker.js', import.meta.url)

/** The service worker that keeps copies of pages on the device, and the page that lists them. */
export function offlineRoutes(app: App): void {
  const page = { schema: { response: { 200: htmlPage } }, config: { forEverybody: true } }
  app.get('/offline', page, async (request, reply) => reply.html(offlinePage(request.page)))
  // At the root, because a service worker controls only addresses below its own (W3C, Service Workers).
  const options = { schema: { response: { 200: file } }, config: { sameForAll: true } }
  app.get('/service-worker.js', options, async (_request, reply) =>
    reply
      .type('text/javascript; charset=utf-8')
      .header('cache-control', 'no-cache')
      .send(lean(await readFile(WORKER, 'utf8'))),
  )
}
