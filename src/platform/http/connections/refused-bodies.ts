import type { IncomingMessage } from 'node:http'
import type { App } from '../app.ts'

/** How many more bytes are read of a body after it was refused. */
const MOST_FURTHER_BYTES = 32 * 1_024 * 1_024
/** How long an answer waits for more of the body, each time and in all. */
const SILENCE_MILLISECONDS = 1_000
const LONGEST_MILLISECONDS = 30_000
/** After each part, of 64 kB, there is this rest: together they take 64 MB a second, and others are answered in between. */
const REST_MILLISECONDS = 1

/**
 * Reads a body to its end, and forgets it, where it is refused unread: too large a form, say. Most browsers look for an
 * answer only when they have sent all; if their connection is closed before, the answer is lost (RFC 9112, 9.6). Who sends
 * slowly is answered meanwhile. What is longer than anybody sends by mistake is cut off.
 */
export function readRefusedBodies(app: App): void {
  const takeTurns = inTurns()
  app.addHook<unknown>('onSend', async ({ raw }, reply, payload) => {
    const isUnread = raw.complete === false && !raw.destroyed && !('upgrade' in raw && raw.upgrade)
    if (!isUnread) return payload
    const isRead = await readOn(raw, takeTurns)
    if (isRead && reply.raw.shouldKeepAlive) reply.removeHeader('connection')
    else reply.header('connection', 'close')
    return payload
  })
}

/** Waits until a body has come in or makes its sender wait. Answers whether it may still come to its end. */
async function readOn(body: IncomingMessage, takeTurns: (body: IncomingMessage) => void): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const answer = () => resolve(true)
  const silence = setTimeout(answer, SILENCE_MILLISECONDS)
  const longest = setTimeout(answer, LONGEST_MILLISECONDS)
  let bytes = 0
  let answered = false
  // Goes on after the answer.
  body.on('data', (part: Buffer) => {
    if (!answered) silence.refresh()
    bytes += part.length
    takeTurns(body)
    if (bytes <= MOST_FURTHER_BYTES) return
    if (answered) body.destroy()
    else resolve(false)
  })
  body.once('end', answer).once('close', answer).on('error', answer).resume()
  const may = await promise
  answered = true
  clearTimeout(silence)
  clearTimeout(longest)
  return may
}

/** Lets bodies go on one after the other, each by one part: at the speed of a fast network they would take all the time. */
function inTurns(): (body: IncomingMessage) => void {
  const paused = new Set<IncomingMessage>()

  function goOn(): void {
    const [next] = paused
    if (!next) return
    paused.delete(next)
    next.resume()
    if (paused.size > 0) setTimeout(goOn, REST_MILLISECONDS).unref()
  }

  return (body) => {
    paused.add(body.pause())
    // Else somebody waits already, and a timer runs.
    if (paused.size === 1) setTimeout(goOn, REST_MILLISECONDS).unref()
  }
}
