import { createHash } from 'node:crypto'

/**
 * What tells a resent form from a new one: the form's own `request_id` together with all that it says. A person who
 * goes back, writes something else and sends the same form again has written a new post, which must not be lost.
 */
export function requestKey(requestId: string | undefined, ...said: (string | number | undefined)[]): string | null {
  if (!requestId) return null
  const hash = createHash('sha256')
    .update(JSON.stringify([requestId, ...said]))
    .digest('hex')
  return hash.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
