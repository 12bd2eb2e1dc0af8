import { randomBytes } from 'node:crypto'
import { isSameSecret, keyedHash } from '../../platform/crypto/keyed-hash.ts'

/**
 * Device cookies (OWASP, «Slow Down Online Guessing Attacks with Device Cookies»): a browser in which a member has
 * logged in before is let through while somebody else guesses their password. Each token is of one account, says
 * neither whose nor when, and stays after logging out; without the password it opens nothing.
 */
const MOST_ACCOUNTS = 4
const SEPARATOR = '~'
const NONCE_BYTES = 12

const mac = (secret: string, nonce: string, memberId: number): string =>
  keyedHash(secret, `known device\n${nonce}\n${memberId}`).toString('base64url')

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

/**
 * A proof of who was the last to log in with this browser; empty where nobody has. Others may see it: it is not their
 * token, and only with the secret does it say whose it is.
 */
export function proofOfLast(secret: string, cookie: string): string {
  const [token] = tokensIn(cookie)
  const [nonce = ''] = token?.split('.', 1) ?? []
  return token === undefined ? '' : `${nonce}.${proofOf(secret, token)}`
}

/** Whether such a proof is one of this member. */
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
