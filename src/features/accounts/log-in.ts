import { eq } from 'drizzle-orm'
import type { Forum } from '../../platform/forum.ts'
import { invalidField, notAllowed } from '../../platform/http/errors.ts'
import { forgetAttempts, takeAttempt } from '../../platform/http/rate-limits.ts'
import { addressKey } from '../email/address-key.ts'
import { emailAddresses } from '../email/schema.ts'
import { hashPassword, needsRehash, passwordMatches } from './passwords.ts'
import { members } from './schema.ts'
import { usernameKey } from './username.ts'

const ATTEMPTS = { action: 'log-in', most: 10, seconds: 600 }

/**
 * Answers the id of the member with this name, or this confirmed address, and this password. The answer and the time it takes are the same whether
 * the name exists or not.
 * @throws Problem 422 when they do not fit, 403 for a banned member, 429 after too many attempts on one name.
 */
export async function logIn(forum: Forum, username: string, password: string): Promise<number> {
  const { database } = forum
  const name = username.trim()
  const key = usernameKey(name)
  await takeAttempt(forum, ATTEMPTS, key)
  const [member] = await database
    .select({ id: members.id, passwordHash: members.passwordHash, bannedAt: members.bannedAt })
    .from(members)
    .leftJoin(emailAddresses, eq(emailAddresses.memberId, members.id))
    .where(name.includes('@') ? eq(emailAddresses.addressKey, addressKey(name)) : eq(members.usernameKey, key))
  const matches = await passwordMatches(password, member?.passwordHash ?? null)
  if (!member || !matches) throw invalidField('password', 'accounts.wrong_login')
  // Told only to who has the password.
  if (member.bannedAt) throw notAllowed('accounts.banned')

  await forgetAttempts(forum, ATTEMPTS, key)
  if (needsRehash(member.passwordHash)) {
    const passwordHash = await hashPassword(password)
    await database.update(members).set({ passwordHash }).where(eq(members.id, member.id))
  }
  return member.id
}
