import { createHmac, timingSafeEqual } from 'node:crypto'

/** What only who has the key can compute of a text (HMAC-SHA-256). Each use begins its text with a purpose of its own. */
export const keyedHash = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest()

/** Compares secrets in a time that says nothing of where they differ. */
export function isSameSecret(given: string, expected: string): boolean {
  const [bytes, others] = [Buffer.from(given), Buffer.from(expected)]
  return bytes.length === others.length && timingSafeEqual(bytes, others)
}
