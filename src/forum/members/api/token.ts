import { hash, randomBytes } from 'node:crypto'

/** With this prefix, scanners for leaked secrets recognise a token in published code. */
const PREFIX = 'contrechamp_'

/** A new token, which its owner sees once: 256 random bits. */
export const newToken = (): string => PREFIX + randomBytes(32).toString('base64url')

/** What is stored of a token. A fast hash is enough: unlike a password, a token cannot be guessed. */
export const tokenHash = (token: string): Buffer => hash('sha256', token, 'buffer')

/** Today in UTC, which decides when tokens expire, as `YYYY-MM-DD`. */
export const today = (): string => dayOf(new Date())

export const dayOf = (moment: Date): string => moment.toISOString().slice(0, 10)
