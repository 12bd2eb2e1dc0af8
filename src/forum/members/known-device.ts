import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/**
 * Device cookies (OWASP, «Slow Down Online Guessing Attacks with Device Cookies»): a browser in which a member has
 * logged in before is let through while somebody else guesses their password. Each token is of one account, says
 * neither whose nor when, and stays after logging out; without the password it opens nothing.
 */
const MOST_ACCOUNTS = 4
const SEPARATOR = '~'
const NONCE_BYTES = 12

const mac = (secret: string, nonce: string, memberId: number): string =>
  createHmac('sha256', secret).update(`known device\n${nonce}\n${memberId}`).digest('base64url')

/** What the cookie of a browser becomes once a member has logged in there: theirs first, then who was there before. */
export function withDevice(secret: string, cookie: string, memberId: number): string {
  const nonce = randomBytes(NONCE_BYTES).toString('base64url')
  const others = tokensIn(cookie).filter((token) => nonceIfOf(secret, token, memberId) === null)
  return [`${nonce}.${mac(secret, nonce, memberId)}`, ...others].slice(0, MOST_ACCOUNTS).join(SEPARATOR)
}

/** The nonce of the member's token in a browser's cookie; null where they have never logged in there. */
export function knownDevice(secret: string, cookie: string, memberId: number): string | null {
  for (const token of tokensIn(cookie)) {
    const nonce = nonceIfOf(secret, token, memberId)
    if (nonce !== null) return nonce
  }
  return null
}

/** Whether the last who logged in with this browser was somebody else; not where nobody is known to have. */
export function lastWasAnother(secret: string, cookie: string, memberId: number): boolean {
  const [last] = tokensIn(cookie)
  return last !== undefined && nonceIfOf(secret, last, memberId) === null
}

const tokensIn = (cookie: string): string[] => cookie.split(SEPARATOR, MOST_ACCOUNTS).filter(Boolean)

function nonceIfOf(secret: string, token: string, memberId: number): string | null {
  const [nonce = '', given = ''] = token.split('.', 2)
  const expected = Buffer.from(mac(secret, nonce, memberId))
  const bytes = Buffer.from(given)
  return bytes.length === expected.length && timingSafeEqual(bytes, expected) ? nonce : null
}
