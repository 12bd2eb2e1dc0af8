import { eq, or } from 'drizzle-orm'
import { inTransaction } from '../../platform/database/in-transaction.ts'
import { invalidField, invalidFields, notAllowed, notFound } from '../../platform/problem.ts'
import type { Role } from '../../schema/enums.ts'
import { members } from '../../schema/members.ts'
import { memberEvent, roleEvent } from '../events.ts'
import type { Forum } from '../forum.ts'
import { runSteps } from '../step.ts'
import { forgetSetupLink } from './first-admin.ts'
import { hashPassword, passwordProblem } from './passwords.ts'
import { publicProfile } from './queries.ts'
import { setPassword } from './set-password.ts'

/**
 * Gives a member another role. The same role is no change.
 * @param by null for the command line.
 * @throws Problem 404 for an unknown name; 422 when the last admin would lose the role.
 */
export async function changeRole(forum: Forum, username: string, role: Role, by: number | null = null): Promise<void> {
  const member = await publicProfile(forum.database, username)
  if (!member) throw notFound('members.not_found')
  await inTransaction(forum, async (transaction, announce) => {
    // Locks all admins in id order. Two admins who demote each other at once wait, and one stays.
    const held = await transaction
      .select({ id: members.id, role: members.role, leftAt: members.leftAt })
      .from(members)
      .where(or(eq(members.id, member.id), eq(members.role, 'admin')))
      .orderBy(members.id)
      .for('no key update')
    const now = held.find(({ id }) => id === member.id)
    if (!now || now.role === role) return
    // The acting admin may have lost the role while waiting for the lock.
    if (by !== null && !held.some((one) => one.id === by && one.role === 'admin')) throw notAllowed()
    const others = held.some((one) => one.role === 'admin' && one.leftAt === null && one.id !== member.id)
    if (by !== null && now.role === 'admin' && !others) throw invalidField('role', 'members_admin.last_admin')
    if (role === 'admin') await forgetSetupLink(transaction)
    await transaction.update(members).set({ role }).where(eq(members.id, member.id))
    await runSteps(forum.steps.roleChanged, transaction, { memberId: member.id, by, from: now.role, to: role })
    await announce(roleEvent(member.id))
    await announce(memberEvent('notified', member.id))
  })
}

/**
 * Gives a member another password, and ends everything that the old one opened.
 * @throws Problem 404 for an unknown name, 422 for a password that is easy to guess.
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
