import type { Forum } from '../../platform/forum.ts'
import type { LiveClient } from '../../platform/live/hub.ts'
import { readUpTo } from '../reading/read-up-to.ts'

/** A window tells how far its reader has come no more often than this. */
const SHORTEST_BETWEEN = 500

/** Listens to a member's window saying how far they have read: `{"type":"read","number":42}`. */
export function listenToReading(forum: Forum, { socket }: LiveClient, member: number, thread: number): void {
  let last = 0
  socket.on('message', (said) => {
    const number = numberRead(String(said))
    const now = Date.now()
    if (number === null || now - last < SHORTEST_BETWEEN) return
    last = now
    readUpTo(forum, member, thread, number).catch((error: unknown) => forum.log.warn({ err: error }, 'not remembered'))
  })
}

function numberRead(said: string): number | null {
  try {
    const { type, number } = Object(JSON.parse(said))
    return type === 'read' && Number.isInteger(number) && number > 0 && number < 2 ** 31 ? number : null
  } catch {
    return null
  }
}
