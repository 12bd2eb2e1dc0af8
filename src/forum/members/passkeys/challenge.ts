import { randomBytes } from 'node:crypto'
import { readSigned, sign } from '../../../platform/crypto/signed.ts'
import { isFirstTime } from '../../../platform/rate-limits/rate-limits.ts'
import type { Forum } from '../../forum.ts'

/** There is so long to answer a challenge. */
export const CHALLENGE_MINUTES = 5
const USED = { action: 'answer a passkey challenge', seconds: 2 * CHALLENGE_MINUTES * 60 }
const PURPOSE = 'passkey challenge'

/** What a challenge is for: a new passkey of a member, or a login of whoever has one. */
export type ChallengeFor = { member: number } | 'login'

const named = (what: ChallengeFor): string => (what === 'login' ? 'login' : `member ${what.member}`)

/** Something random for a passkey to sign, and the same with its purpose and its end, for the browser to keep. */
export function newChallenge(forum: Pick<Forum, 'secret'>, what: ChallengeFor): { challenge: string; kept: string } {
  const challenge = randomBytes(32).toString('base64url')
  const end = Date.now() + CHALLENGE_MINUTES * 60_000
  return { challenge, kept: sign(forum.secret, `${PURPOSE} ${named(what)}`, `${challenge}.${end}`) }
}

/**
 * The challenge that this browser was given for that; null where it was given none, too long ago, or has used it. Asked once,
 * it is used: what was signed for it opens nothing a second time.
 */
export async function takeChallenge(forum: Forum, what: ChallengeFor, kept: string): Promise<string | null> {
  const [challenge = '', end = ''] = readSigned(forum.secret, `${PURPOSE} ${named(what)}`, kept)?.split('.') ?? []
  if (challenge === '' || Number(end) < Date.now()) return null
  return (await isFirstTime(forum, USED, challenge)) ? challenge : null
}
