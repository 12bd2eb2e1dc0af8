import { LRUCache } from 'lru-cache'
import { rememberVisit } from '../../forum/digests/settings.ts'
import type { Forum } from '../../forum/forum.ts'
import type { App } from '../../platform/http/app.ts'

const DAY_MILLISECONDS = 86_400_000

const today = () => Math.floor(Date.now() / DAY_MILLISECONDS)

/** Writes down on which day each member was here last, when the answer has gone. */
export function rememberVisits(app: App, { database }: Pick<Forum, 'database'>): void {
  /** Written down already: once a day is enough. */
  const lastSeen = new LRUCache<number, number>({ max: 10_000 })
  app.addHook('onRequest', async ({ member }, reply) => {
    if (!member) return
    reply.afterSent(async () => {
      if (lastSeen.get(member.id) === today()) return
      // Set before the write, or another answer to the same member would write too.
      lastSeen.set(member.id, today())
      await rememberVisit(database, member.id).catch((error: unknown) => {
        lastSeen.delete(member.id)
        throw error
      })
    })
  })
}
