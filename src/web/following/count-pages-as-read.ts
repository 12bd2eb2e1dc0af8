import type { FastifyRequest } from 'fastify'
import { LRUCache } from 'lru-cache'
import { seenToday } from '../../forum/digests/settings.ts'
import { readUpTo } from '../../forum/following/read-up-to.ts'
import type { Forum } from '../../forum/forum.ts'
import { markPlaceSeen, type SeenPlace } from '../../forum/notices/mark-read.ts'
import type { App } from '../../platform/http/app.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The thread that the answer shows, and the last number on its page; null where all of that had been read. */
    shown: { thread: number; upTo: number } | null
    /** The board or crossing whose list the answer shows. */
    shownPlace: SeenPlace | null
  }
}

const DAY_MILLISECONDS = 86_400_000

const today = () => Math.floor(Date.now() / DAY_MILLISECONDS)

/**
 * Where no script tells how far somebody has come, the page that they were shown counts as read; remembered when the
 * answer has gone, so that nobody waits for it. A script that runs says so in a cookie of the browser's session.
 */
export function countPagesAsRead(app: App, forum: Forum): void {
  /** On which day a member was last written down as seen: once is enough. */
  const lastSeen = new LRUCache<number, number>({ max: 10_000 })
  app.decorateRequest('shown', null)
  app.decorateRequest('shownPlace', null)
  app.addHook('onResponse', async (request: FastifyRequest) => {
    await remember(request).catch((error: unknown) => request.log.warn({ err: error }, 'not remembered'))
  })

  async function remember({ member, shown, shownPlace, cookies }: FastifyRequest): Promise<void> {
    if (!member) return
    if (lastSeen.get(member.id) !== today()) {
      await seenToday(forum.database, member.id)
      lastSeen.set(member.id, today())
    }
    if (shownPlace) await markPlaceSeen(forum, member.id, shownPlace)
    if (shown && cookies.script !== 'on') await readUpTo(forum, member.id, shown.thread, shown.upTo)
  }
}
