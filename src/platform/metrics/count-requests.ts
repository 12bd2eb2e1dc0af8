import type { App } from '../http/app.ts'
import type { Metrics } from './metrics.ts'

/** Counts each request that comes as far as Fastify, by the pattern of its route. */
export function countRequests(app: App, metrics: Metrics): void {
  app.addHook('onResponse', async ({ method, routeOptions }, reply) => {
    metrics.made(method, routeOptions.url ?? null, reply.statusCode, reply.elapsedTime)
  })
}
