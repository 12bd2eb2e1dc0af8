import type { Database } from '../database/database.ts'
import { canServe } from '../database/migrations.ts'
import type { App } from './app.ts'

/** For load balancers and containers: whether the process is alive, and whether it can serve people who read and write. */
export function healthRoutes(app: App, { database }: { database: Database }): void {
  const options = { config: { sameForAll: true } }
  let stopping = false
  // Before connections are closed: who balances the load learns it from those that are open.
  app.addHook('preClose', async () => {
    stopping = true
  })
  app.get('/healthz', options, async (_request, reply) => reply.type('text/plain').send('alive\n'))
  app.get('/readyz', options, async (_request, reply) => {
    const ready = !stopping && (await canServe(database))
    return reply
      .code(ready ? 200 : 503)
      .type('text/plain')
      .send(ready ? 'ready\n' : 'not ready\n')
  })
}
