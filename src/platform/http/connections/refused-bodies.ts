import type { IncomingMessage } from 'node:http'
import type { App } from '../app.ts'

/** How many more bytes are read of a body after it was refused. */
const MOST_FURTHER_BYTES = 32 * 1_024 * 1_024
/** How long an answer waits for more of the body, each time and in all. */
const SILENCE_MILLISECONDS = 1_000
const LONGEST_MILLISECONDS = 30_000

/**
 * Reads a body to its end, and forgets it, where it is refused unread: too large a form, say. Most browsers look for an
 * answer only when they have sent all; if their connection is closed before, the answer is lost (RFC 9112, 9.6). Who sends
 * slowly is answered meanwhile. What is longer than anybody sends by mistake is cut off.
 */
export function readRefusedBodies(app: App): void {
  app.addHook<unknown>('onSend', async ({ raw }, reply, payload) => {
    const isUnread = raw.complete === false && !raw.destroyed && !('upgrade' in raw && raw.upgrade)
    if (!isUnread) return payload
    if (await readOn(raw)) reply.removeHeader('connection')
    else reply.header('connection', 'close')
    return payload
  })
}

/** Waits until a body has come in or makes its sender wait. Answers whether it may still come to its end. */
async function readOn(body: IncomingMessage): Promise<boolean> {
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
