import { type TProperties, type TSchema, Type } from 'typebox'
import { Compile, type Validator } from 'typebox/compile'
import type { Announcement } from './bus.ts'

/** An announcement as it comes over the channel. */
interface Notice {
  name: string
  event: Announcement
}

const id = Type.Integer({ minimum: 0 })
const boards = Type.Array(id)
const ofThread = { thread: id, boards }
const ofPost = { ...ofThread, number: id }
const ofMember = { member: id }

/** What belongs to each event, beside its type. */
const FIELDS: { [EventType in Announcement['type']]: TProperties } = {
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
  readers: { thread: id, process: Type.String(), count: id },
}
const KINDS = new Map<string, Validator<TProperties, TSchema>>(
  Object.entries(FIELDS).map(([type, fields]) => [type, Compile(Type.Object({ ...fields, type: Type.Literal(type) }))]),
)

/** Null for what is no announcement of this version's: whoever may use the database may say anything on its channels. */
export function readNotice(payload: string): Notice | null {
  try {
    const { name, ...event } = JSON.parse(payload)
    return typeof name === 'string' && isAnnouncement(event) ? { name, event } : null
  } catch {
    return null
  }
}

const isAnnouncement = (event: { type?: unknown }): event is Announcement =>
  typeof event.type === 'string' && (KINDS.get(event.type)?.Check(event) ?? false)
