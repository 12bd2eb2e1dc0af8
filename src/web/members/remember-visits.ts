import { LRUCache } from 'lru-cache'
import { rememberVisit } from '../../forum/digests/settings.ts'
import type { Forum } from '../../forum/forum.ts'
import type { App } from '../../platform/http/app.ts'

const DAY_MILLISECONDS = 86_400_000

const today = () => Math.floor(Date.now() / DAY_MILLISECONDS)

/** Writes down on which day each member was last here, after the answer is sent. */
export function rememberVisits(app: App, { database }: Pick<Forum, 'database'>): void {
  /** The days already written. Once a day is enough. */
  const lastSeen = new LRUCache<number, number>({ max: 10_000 })
  app.addHook('onRequest', async ({ member }, reply) => {
    if (!member) return
    reply.afterSent(async () => {
      if (lastSeen.get(member.id) === today()) return
      // Set before the write, or a second answer at the same time would write too.
      lastSeen.set(member.id, today())
      await rememberVisit(database, member.id).catch((error: unknown) => {
        lastSeen.delete(member.id)
        throw error
      })
    })
  })
}
