import { eq } from 'drizzle-orm'
import { inTransaction } from '../../platform/database/in-transaction.ts'
import { invalidFields, notFound } from '../../platform/problem.ts'
import type { Role } from '../../schema/enums.ts'
import { members } from '../../schema/members.ts'
import { roleEvent } from '../events.ts'
import type { Forum } from '../forum.ts'
import { forgetSetupLink } from './first-admin.ts'
import { hashPassword, passwordProblem } from './passwords.ts'
import { publicProfile } from './queries.ts'
import { setPassword } from './set-password.ts'

/** Gives a member another role. @throws Problem 404 when nobody has that name. */
export async function changeRole(forum: Forum, username: string, role: Role): Promise<void> {
  const member = await publicProfile(forum.database, username)
  if (!member) throw notFound('members.not_found')
  await inTransaction(forum, async (transaction, announce) => {
    if (role === 'admin') await forgetSetupLink(transaction)
    await transaction.update(members).set({ role }).where(eq(members.id, member.id))
    await announce(roleEvent(member.id))
  })
}

/**
 * Gives a member another password; what the one before had let in is shut out.
 * @throws Problem 404 when nobody has that name, 422 when the password is too easy to guess.
 */
export async function resetPassword(forum: Forum, username: string, password: string): Promise<void> {
  const member = await publicProfile(forum.database, username)
  if (!member) throw notFound('members.not_found')
  const problem = passwordProblem(password, member.username)
  if (problem) throw invalidFields([problem])
  const passwordHash = await hashPassword(password)
  await inTransaction(forum, async (transaction, announce) => {
    await setPassword(forum, transaction, announce, { memberId: member.id, passwordHash })
  })
}
