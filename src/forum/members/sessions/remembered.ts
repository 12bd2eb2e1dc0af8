import { LRUCache } from 'lru-cache'
import type { Adapter } from 'lucia'
import type { Bus, HeardEvent } from '../../events.ts'
import { sessionHash } from './adapter.ts'

/** How long a session is remembered without asking the database. */
const REMEMBERED_MILLISECONDS = 5_000
const MOST_REMEMBERED = 10_000

type Found = Awaited<ReturnType<Adapter['getSessionAndUser']>>

/**
 * Looks a session up once every few seconds for all its requests in this process. Ending a session, or changing its
 * member, makes all processes forget it before the change is confirmed. A process without the bus remembers nothing.
 */
export function rememberSessions(adapter: Adapter, bus: Bus): Adapter {
  const keysOf = new Map<number, Set<string>>()
  const remembered = new LRUCache<string, Found>({
    max: MOST_REMEMBERED,
    ttl: REMEMBERED_MILLISECONDS,
    dispose: ([session], key) => {
      if (!session) return
      const keys = keysOf.get(session.userId)
      if (keys?.delete(key) && keys.size === 0) keysOf.delete(session.userId)
    },
  })
  let disconnected = false
  let forgotten = 0

  bus.listen((event: HeardEvent) => {
    if (event.type === 'disconnected' || event.type === 'reconnected') {
      disconnected = event.type === 'disconnected'
      remembered.clear()
    } else if (event.type === 'member' || event.type === 'signed-out' || event.type === 'notified') {
      for (const key of [...(keysOf.get(event.member) ?? [])]) remembered.delete(key)
    } else return
    forgotten += 1
  })

  function remember(key: string, found: Found, member: number): void {
    remembered.set(key, found)
    keysOf.set(member, (keysOf.get(member) ?? new Set()).add(key))
  }

  return {
    ...adapter,
    async getSessionAndUser(sessionId) {
      const key = sessionHash(sessionId).toString('base64')
      const known = remembered.get(key)
      if (known) return known
      const before = forgotten
      const found = await adapter.getSessionAndUser(sessionId)
      // A session that was read while another was forgotten may be outdated.
      if (found[0] && !disconnected && forgotten === before) remember(key, found, found[0].userId)
      return found
    },
    async updateSessionExpiration(sessionId, expiresAt) {
      await adapter.updateSessionExpiration(sessionId, expiresAt)
      remembered.delete(sessionHash(sessionId).toString('base64'))
    },
  }
}
