import { readUpTo } from '../../forum/following/read-up-to.ts'
import type { Forum } from '../../forum/forum.ts'
import type { LiveClient } from '../../platform/live/hub.ts'

/** Milliseconds between two writes of how far a window's reader has read. */
const SHORTEST_BETWEEN = 500

/** Reads a member's messages about how far they have read: `{"type":"read","number":42}`. */
export function listenToReading(forum: Forum, { socket }: LiveClient, member: number, thread: number): void {
  let told = 0
  let written = 0
  let waiting: NodeJS.Timeout | null = null
  const write = () => {
    waiting = null
    if (told <= written) return
    written = told
    waiting = setTimeout(write, SHORTEST_BETWEEN).unref()
    readUpTo(forum, member, thread, told).catch((error: unknown) => forum.log.warn({ err: error }, 'not remembered'))
  }
  socket.on('message', (said) => {
    told = Math.max(told, numberRead(String(said)))
    if (!waiting) write()
  })
}

/** The number in a message; 0 for an invalid message. */
function numberRead(said: string): number {
  try {
    const { type, number } = Object(JSON.parse(said))
    return type === 'read' && Number.isInteger(number) && number > 0 && number < 2 ** 31 ? number : 0
  } catch {
    return 0
  }
}
