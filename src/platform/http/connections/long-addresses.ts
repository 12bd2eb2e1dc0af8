import { Problem } from '../../problem.ts'
import type { App } from '../app.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Addresses hold what people type, so the longest that Node reads is answered. */
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
