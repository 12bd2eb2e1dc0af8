import { availableParallelism } from 'node:os'
import { hash, verify } from '@node-rs/argon2'
import type { FieldProblem } from '../../platform/problem.ts'
import { FairQueue } from '../../platform/rate-limits/fair-queue.ts'
import { LANGUAGES } from '../../platform/text/i18n/languages.ts'
import { translator } from '../../platform/text/i18n/translate.ts'
import { easilyGuessed } from './easily-guessed.ts'
import { usernameKey } from './username.ts'

/** argon2id as OWASP's Password Storage Cheat Sheet asks for at the least; changing it rehashes at the next login. */
const ARGON2ID = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const
const CURRENT_PARAMETERS = `$argon2id$v=19$m=${ARGON2ID.memoryCost},t=${ARGON2ID.timeCost},p=${ARGON2ID.parallelism}$`

/**
 * Argon2 works in the threads that files and names of hosts are looked up in too, and keeps a processor busy: a flood of
 * logins leaves others to everybody else.
 */
const hashing = new FairQueue({ atOnce: Math.min(3, Math.max(1, availableParallelism() - 1)), waiting: 200 })

/**
 * A password as it is stored: argon2id, with its parameters and a salt of its own.
 * @param group who asks: those who ask for much wait for themselves.
 * @throws Problem 503 when too many of the group are waiting.
 */
export const hashPassword = (password: string, group = ''): Promise<string> =>
  hashing.run(group, () => hash(password, ARGON2ID))

/** Compared with when there is no such member, so that the answer takes as long as for one. */
const nobodysHash = hashPassword(crypto.randomUUID())

/**
 * Whether the password is the one; takes the same time when there is nothing to compare it with.
 * @throws Problem 503 when too many of the group are waiting.
 */
export async function passwordMatches(password: string, stored: string | null, group = ''): Promise<boolean> {
  const compared = stored ?? (await nobodysHash)
  const matches = await hashing.run(group, () => verify(compared, password))
  return matches && stored !== null
}

/** Whether a stored password was hashed with other parameters than today’s. */
export const needsRehash = (stored: string): boolean => !stored.startsWith(CURRENT_PARAMETERS)

const FORUM_NAMES = LANGUAGES.map((language) => translator(language)('site.name'))

/** What is wrong with a new password; null when nothing is. Its length is the route's schema's business. */
export function passwordProblem(password: string, username: string, field = 'password'): FieldProblem | null {
  const bare = usernameKey(password)
  const name = usernameKey(username)
  // The name alone, or with a year.
  if (name.length >= 4 && bare.replaceAll(name, '').length <= 4) return { field, key: 'accounts.password_is_name' }
  const context = [username, name, ...username.split(/[._-]/), ...FORUM_NAMES]
  if (new Set(password).size < 5 || easilyGuessed(password, context)) return { field, key: 'accounts.password_common' }
  return null
}
