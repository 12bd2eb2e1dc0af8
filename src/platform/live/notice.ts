import type { Announced } from './bus.ts'

/** An event as it comes over the channel. */
interface Notice<Event> {
  name: string
  event: Event
}

/** Null for what is no event of this version: whoever may use the database may send anything on its channels. */
export function readNotice<Event extends Announced>(
  payload: string,
  isEvent: (event: Announced) => event is Event,
): Notice<Event> | null {
  try {
    const { name, ...event } = JSON.parse(payload)
    return typeof name === 'string' && isAnnounced(event) && isEvent(event) ? { name, event } : null
  } catch {
    return null
  }
}

function isAnnounced(event: Record<string, unknown>): event is Record<string, unknown> & Announced {
  const { type, tags } = event
  return typeof type === 'string' && (tags === 'everything' || (Array.isArray(tags) && tags.every(isText)))
}

const isText = (value: unknown): boolean => typeof value === 'string'
