import { Problem } from '../../problem.ts'
import type { App } from '../app.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What people type stands in the address: as long a one is answered as Node reads at all. */
    longAddress?: boolean
  }
}

/** In characters. No address of ours is longer. */
export const LONGEST_ADDRESS = 8_192

/** Refuses longer addresses with Problem 400, before anything is looked up in them. */
export function refuseLongAddresses(app: App): void {
  app.addHook('onRequest', async ({ raw: { url = '' }, routeOptions }) => {
    if (url.length > LONGEST_ADDRESS && !routeOptions.config.longAddress) throw new Problem(400, 'errors.long_address')
  })
}
