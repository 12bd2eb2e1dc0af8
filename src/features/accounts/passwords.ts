import { readFileSync } from 'node:fs'
import { hash, verify } from '@node-rs/argon2'
import type { FieldProblem } from '../../platform/http/errors.ts'
import { usernameKey } from './username.ts'

/** argon2id as OWASP's Password Storage Cheat Sheet asks for at the least; changing it rehashes at the next login. */
const ARGON2ID = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const
const CURRENT_PARAMETERS = `$argon2id$v=19$m=${ARGON2ID.memoryCost},t=${ARGON2ID.timeCost},p=${ARGON2ID.parallelism}$`

/** A password as it is stored: argon2id, with its parameters and a salt of its own. */
export const hashPassword = (password: string): Promise<string> => hash(password, ARGON2ID)

/** Compared with when there is no such member, so that the answer takes as long as for one. */
const nobodysHash = hashPassword(crypto.randomUUID())

/** Whether the password is the one; takes the same time when there is nothing to compare it with. */
export async function passwordMatches(password: string, stored: string | null): Promise<boolean> {
  const matches = await verify(stored ?? (await nobodysHash), password)
  return matches && stored !== null
}

/** Whether a stored password was hashed with other parameters than today’s. */
export const needsRehash = (stored: string): boolean => !stored.startsWith(CURRENT_PARAMETERS)

/** What is wrong with a new password; null when nothing is. Its length is the route's schema's business. */
export function passwordProblem(password: string, username: string, field = 'password'): FieldProblem | null {
  const bare = usernameKey(password)
  const name = usernameKey(username)
  // The name alone, or with a year.
  if (name.length >= 4 && bare.replaceAll(name, '').length <= 4) return { field, key: 'accounts.password_is_name' }
  if (new Set(password).size < 5 || isCommon(password)) return { field, key: 'accounts.password_common' }
  return null
}

let common: Set<string> | null = null

/** Common as it is, or with the digits and signs at its end that people add to please a form. */
function isCommon(password: string): boolean {
  common ??= new Set(readFileSync(new URL('common-passwords.txt', import.meta.url), 'utf8').split('\n'))
  const typed = password.toLowerCase()
  return common.has(typed) || common.has(typed.replace(/(?<!\P{L})\P{L}+$/u, ''))
}
