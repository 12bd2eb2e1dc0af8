import { isSameSecret, keyedHash } from './keyed-hash.ts'

/** Hexadecimal digits: 96 bits, and short enough for what stands before the @ of an address. */
const DIGITS = 24

/** In lower case, because mail servers may change the case of addresses. */
const mac = (secret: string, purpose: string, text: string): string =>
  keyedHash(secret, `${purpose}\n${text}`).toString('hex').slice(0, DIGITS)

/** A short text that only this forum can have written, for links and addresses that open without a login. */
export const sign = (secret: string, purpose: string, text: string): string => `${text}.${mac(secret, purpose, text)}`

/** What was signed for that purpose; null when this forum has not signed it. */
export function readSigned(secret: string, purpose: string, token: string): string | null {
  const end = token.lastIndexOf('.')
  const text = token.slice(0, Math.max(0, end))
  return isSameSecret(token.slice(end + 1), mac(secret, purpose, text)) ? text : null
}
