import { migrationsAreCurrent } from '../database/migrations.ts'
import type { Forum } from '../forum.ts'
import type { App } from './app.ts'

/** For load balancers and containers: whether the process is alive, and whether it can serve. */
export function healthRoutes(app: App, { database }: Forum): void {
  const options = { config: { sameForAll: true } }
  app.get('/healthz', options, async (_request, reply) => reply.type('text/plain').send('alive\n'))
  app.get('/readyz', options, async (_request, reply) => {
    const ready = await migrationsAreCurrent(database).catch(() => false)
    return reply
      .code(ready ? 200 : 503)
      .type('text/plain')
      .send(ready ? 'ready\n' : 'not ready\n')
  })
}
