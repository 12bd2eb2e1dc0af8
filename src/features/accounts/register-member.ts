import { eq } from 'drizzle-orm'
import type { Role } from '../../../views/page.ts'
import { isUniqueViolation } from '../../platform/database/database.ts'
import type { Forum } from '../../platform/forum.ts'
import { invalidField, invalidFields } from '../../platform/http/errors.ts'
import type { Language } from '../../platform/i18n/languages.ts'
import { hashPassword, passwordProblem } from './passwords.ts'
import { members } from './schema.ts'
import { usernameKey, usernameProblem } from './username.ts'

export interface NewMember {
  username: string
  password: string
  language: Language
  role?: Role
}

/**
 * Makes an account and answers its id.
 * @throws Problem 422 for a name that is not allowed or looks like somebody's, or a password too easy to guess.
 */
export async function registerMember(
  { database }: Forum,
  { username, password, language, role }: NewMember,
): Promise<number> {
  const problems = [usernameProblem(username), passwordProblem(password, username)].filter(
    (problem) => problem !== null,
  )
  if (problems.length > 0) throw invalidFields(problems)
  const key = usernameKey(username)
  const taken = await database.select({ id: members.id }).from(members).where(eq(members.usernameKey, key))
  if (taken.length > 0) throw nameTaken()

  const passwordHash = await hashPassword(password)
  try {
    const [member] = await database
      .insert(members)
      .values({ username, usernameKey: key, passwordHash, language, role: role ?? 'member' })
      .returning({ id: members.id })
    if (!member) throw new Error('An insert answered no row')
    return member.id
  } catch (error) {
    // Somebody took it while the password was being hashed.
    if (isUniqueViolation(error, 'members_username_key')) throw nameTaken()
    throw error
  }
}

const nameTaken = () => invalidField('username', 'accounts.name_taken')
