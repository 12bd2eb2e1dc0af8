import { hash, randomBytes } from 'node:crypto'

/** By this, programs that look for secrets in published code know one of ours when they see it. */
const PREFIX = 'contrechamp_'

/** A token as its owner is shown it, once: 256 bits that nobody guesses. */
export const newToken = (): string => PREFIX + randomBytes(32).toString('base64url')

/** What is stored of a token. Nothing slower is needed: unlike a password, it cannot be tried out. */
export const tokenHash = (token: string): Buffer => hash('sha256', token, 'buffer')

/** Today, by the clock that tokens end by (UTC), as `YYYY-MM-DD`. */
export const today = (): string => dayOf(new Date())

export const dayOf = (moment: Date): string => moment.toISOString().slice(0, 10)
