import type { Announcement } from './bus.ts'

/** An announcement as it comes over the channel. */
interface Notice {
  name: string
  event: Announcement
}

type Check = (value: unknown) => boolean

const id: Check = (value) => Number.isSafeInteger(value)
const ids: Check = (value) => Array.isArray(value) && value.every(id)
const text: Check = (value) => typeof value === 'string'
const ofThread = { thread: id, boards: ids }
const ofPost = { ...ofThread, number: id }
const ofMember = { member: id }

/** What belongs to each event beside its type. By hand: TypeBox's checks take a tenth of the start to load. */
const FIELDS: { [EventType in Announcement['type']]: Record<string, Check> } = {
  post: ofPost,
  edited: ofPost,
  deleted: ofPost,
  restored: ofPost,
  moved: ofThread,
  locked: ofThread,
  removed: ofThread,
  boards: {},
  rendered: {},
  member: ofMember,
  'signed-out': ofMember,
  notified: ofMember,
  readers: { thread: id, process: text, count: id },
}
const KINDS = new Map(Object.entries(FIELDS))

/** Null for what is no announcement of this version's: whoever may use the database may say anything on its channels. */
export function readNotice(payload: string): Notice | null {
  try {
    const { name, ...event } = JSON.parse(payload)
    return typeof name === 'string' && isAnnouncement(event) ? { name, event } : null
  } catch {
    return null
  }
}

function isAnnouncement(event: Record<string, unknown>): event is Announcement {
  const fields = KINDS.get(String(event.type))
  return fields !== undefined && Object.entries(fields).every(([field, check]) => check(event[field]))
}
