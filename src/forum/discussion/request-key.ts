import { createHash } from 'node:crypto'

/**
 * Tells a resent form from a new one: the form's `request_id` together with its content. Somebody who goes back, writes
 * something else and sends the form again has written a new post, which must not be lost.
 */
export function requestKey(requestId: string | undefined, ...said: (string | number | undefined)[]): string | null {
  if (!requestId) return null
  const hash = createHash('sha256')
    .update(JSON.stringify([requestId, ...said]))
    .digest('hex')
  return hash.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
