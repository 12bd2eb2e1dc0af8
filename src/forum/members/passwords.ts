import { availableParallelism } from 'node:os'
import { hash, verify } from '@node-rs/argon2'
import type { FieldProblem } from '../../platform/problem.ts'
import { FairQueue } from '../../platform/rate-limits/fair-queue.ts'
import { LANGUAGES } from '../../platform/text/i18n/languages.ts'
import { translator } from '../../platform/text/i18n/translate.ts'
import { easilyGuessed } from './easily-guessed.ts'
import { usernameKey } from './username-key.ts'

/** The minimum of OWASP's Password Storage Cheat Sheet for argon2id. After a change, each login rehashes. */
const ARGON2ID = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const
const CURRENT_PARAMETERS = `$argon2id$v=19$m=${ARGON2ID.memoryCost},t=${ARGON2ID.timeCost},p=${ARGON2ID.parallelism}$`

/**
 * Argon2 runs in the same threads as file access and DNS, and keeps a processor busy. The limit leaves threads to
 * everybody else during a flood of logins.
 */
const hashing = new FairQueue({ atOnce: Math.min(3, Math.max(1, availableParallelism() - 1)), waiting: 200 })

/**
 * The hash to store for a password: argon2id, with its parameters and a random salt.
 * @param group the member or network that asks. Its requests queue behind each other.
 * @throws Problem 503 when too many of the group wait.
 */
export const hashPassword = (password: string, group = ''): Promise<string> =>
  hashing.run(group, () => hash(password, ARGON2ID))

/** Compared with when the member does not exist, so that the answer takes as long. */
const nobodysHash = hashPassword(crypto.randomUUID())

/**
 * Whether the password is right. Takes the same time when there is no hash to compare with.
 * @throws Problem 503 when too many of the group wait.
 */
export async function passwordMatches(password: string, stored: string | null, group = ''): Promise<boolean> {
  const compared = stored ?? (await nobodysHash)
  const matches = await hashing.run(group, () => verify(compared, password))
  return matches && stored !== null
}

/** Whether a hash was made with other parameters than the present ones. */
export const needsRehash = (stored: string): boolean => !stored.startsWith(CURRENT_PARAMETERS)

const FORUM_NAMES = LANGUAGES.map((language) => translator(language)('site.name'))

/** The error of a new password; null for none. The route's schema checks its length. */
export function passwordProblem(password: string, username: string, field = 'password'): FieldProblem | null {
  const bare = usernameKey(password)
  const name = usernameKey(username)
  // The name alone, or with up to four more characters such as a year.
  if (name.length >= 4 && bare.replaceAll(name, '').length <= 4) return { field, key: 'accounts.password_is_name' }
  const context = [username, name, ...username.split(/[._-]/), ...FORUM_NAMES]
  if (new Set(password).size < 5 || easilyGuessed(password, context)) return { field, key: 'accounts.password_common' }
  return null
}
