import type { Database } from '../database/database.ts'
import { canServe } from '../database/migrations.ts'
import { plainText } from './answers.ts'
import type { App } from './app.ts'

/** For load balancers and containers: whether the process is alive, and whether it can serve people who read and write. */
export function healthRoutes(app: App, { database }: { database: Database }): void {
  const alive = { schema: { response: { 200: plainText } }, config: { sameForAll: true } }
  const ready = { schema: { response: { 200: plainText, 503: plainText } }, config: { sameForAll: true } }
  let stopping = false
  // Before connections are closed: who balances the load learns it from those that are open.
  app.addHook('preClose', async () => {
    stopping = true
  })
  app.get('/healthz', alive, async (_request, reply) => reply.type('text/plain').send('alive\n'))
  app.get('/readyz', ready, async (_request, reply) => {
    const isReady = !stopping && (await canServe(database))
    return reply
      .code(isReady ? 200 : 503)
      .type('text/plain')
      .send(isReady ? 'ready\n' : 'not ready\n')
  })
}
