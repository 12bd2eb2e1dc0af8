import { randomBytes } from 'node:crypto'
import { readSigned, sign } from '../../../platform/crypto/signed.ts'
import { isFirstTime } from '../../../platform/rate-limits/rate-limits.ts'
import type { Forum } from '../../forum.ts'

/** How long a browser has to answer a challenge. */
export const CHALLENGE_MINUTES = 5
const USED = { action: 'answer a passkey challenge', seconds: 2 * CHALLENGE_MINUTES * 60 }
const PURPOSE = 'passkey challenge'

/** The purpose of a challenge: a new passkey for a member, or a login. */
export type ChallengeFor = { member: number } | 'login'

const named = (what: ChallengeFor): string => (what === 'login' ? 'login' : `member ${what.member}`)

/** A random challenge, and the signed value with its purpose and expiry that the browser keeps. */
export function newChallenge(forum: Pick<Forum, 'secret'>, what: ChallengeFor): { challenge: string; kept: string } {
  const challenge = randomBytes(32).toString('base64url')
  const end = Date.now() + CHALLENGE_MINUTES * 60_000
  return { challenge, kept: sign(forum.secret, `${PURPOSE} ${named(what)}`, `${challenge}.${end}`) }
}

/**
 * The challenge that this browser was given for a purpose; null if there was none, it is expired or used. Uses it up, so
 * that an answer opens nothing a second time.
 */
export async function takeChallenge(forum: Forum, what: ChallengeFor, kept: string): Promise<string | null> {
  const [challenge = '', end = ''] = readSigned(forum.secret, `${PURPOSE} ${named(what)}`, kept)?.split('.') ?? []
  if (challenge === '' || Number(end) < Date.now()) return null
  return (await isFirstTime(forum, USED, challenge)) ? challenge : null
}
