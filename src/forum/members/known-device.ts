import { randomBytes } from 'node:crypto'
import { isSameSecret, keyedHash } from '../../platform/crypto/keyed-hash.ts'

/**
 * Device cookies (OWASP, «Slow Down Online Guessing Attacks with Device Cookies»): a browser in which a member has
 * logged in before is not slowed down while somebody else guesses their password. A token belongs to one account,
 * reveals neither whose nor when, and stays after logout. It opens nothing without the password.
 */
const MOST_ACCOUNTS = 4
const SEPARATOR = '~'
const NONCE_BYTES = 12

const mac = (secret: string, nonce: string, memberId: number): string =>
  keyedHash(secret, `known device\n${nonce}\n${memberId}`).toString('base64url')

/** The new cookie of a browser after a login: this member first, then earlier ones. */
export function withDevice(secret: string, cookie: string, memberId: number): string {
  const nonce = randomBytes(NONCE_BYTES).toString('base64url')
  const others = tokensIn(cookie).filter((token) => nonceIfOf(secret, token, memberId) === null)
  return [`${nonce}.${mac(secret, nonce, memberId)}`, ...others].slice(0, MOST_ACCOUNTS).join(SEPARATOR)
}

/** The nonce of the member's token in a browser's cookie; null when they never logged in there. */
export function knownDevice(secret: string, cookie: string, memberId: number): string | null {
  for (const token of tokensIn(cookie)) {
    const nonce = nonceIfOf(secret, token, memberId)
    if (nonce !== null) return nonce
  }
  return null
}

/** Whether the last login in this browser was somebody else's. False when there was none. */
export function lastWasAnother(secret: string, cookie: string, memberId: number): boolean {
  const [last] = tokensIn(cookie)
  return last !== undefined && nonceIfOf(secret, last, memberId) === null
}

/**
 * A proof of who logged in last with this browser; empty for nobody. It is safe to show: it is not the member's token,
 * and only the forum's secret can tell whose it is.
 */
export function proofOfLast(secret: string, cookie: string): string {
  const [token] = tokensIn(cookie)
  const [nonce = ''] = token?.split('.', 1) ?? []
  return token === undefined ? '' : `${nonce}.${proofOf(secret, token)}`
}

/** Whether a proof is this member's. */
export function provesMember(secret: string, proof: string, memberId: number): boolean {
  const [nonce = '', given = ''] = proof.split('.', 2)
  return proof !== '' && isSameSecret(given, proofOf(secret, `${nonce}.${mac(secret, nonce, memberId)}`))
}

const proofOf = (secret: string, token: string): string =>
  keyedHash(secret, `proof of a device\n${token}`).toString('base64url')

const tokensIn = (cookie: string): string[] => cookie.split(SEPARATOR, MOST_ACCOUNTS).filter(Boolean)

function nonceIfOf(secret: string, token: string, memberId: number): string | null {
  const [nonce = '', given = ''] = token.split('.', 2)
  return isSameSecret(given, mac(secret, nonce, memberId)) ? nonce : null
}
