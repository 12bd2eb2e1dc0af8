import type { FastifyBaseLogger } from 'fastify'
import { LRUCache } from 'lru-cache'
import type { Announced, ConnectionEvent } from './bus.ts'
import { readNotice } from './notice.ts'

/** How many announcements are remembered, so that one that comes from here and from elsewhere is handed on once. */
const NAMES_KNOWN = 10_000

/** Hands events to all who listen in this process. */
export function openRelay<Event extends Announced>(
  isEvent: (event: Announced) => event is Event,
  log: FastifyBaseLogger,
) {
  const listeners = new Set<(event: Event | ConnectionEvent) => void>()
  /** Logs what a listener throws: it must neither keep the event from the others nor end the process. */
  const tell = (event: Event | ConnectionEvent) => {
    for (const listener of listeners) {
      try {
        listener(event)
      } catch (error) {
        log.error({ err: error, event: event.type }, 'an event was not taken in')
      }
    }
  }
  const known = new LRUCache<string, true>({ max: NAMES_KNOWN })
  /**
   * An event of this process comes back to it from the carrier. Mostly it is known by then; where a connection broke between
   * the commit and the answer, the process learns of its own event in this way.
   */
  const tellOnce = (event: Event, name: string) => {
    if (known.has(name)) return
    known.set(name, true)
    tell(event)
  }
  /** A newer version may announce an event that this one does not know. Then listeners hear that they missed something. */
  const hear = (payload: string) => {
    const notice = readNotice(payload, isEvent)
    if (notice) return tellOnce(notice.event, notice.name)
    log.warn('an event was not understood')
    tell({ type: 'reconnected' })
  }
  const listen = (hears: (event: Event | ConnectionEvent) => void) => {
    listeners.add(hears)
    return () => {
      listeners.delete(hears)
    }
  }
  return { listen, tell, tellOnce, hear }
}
