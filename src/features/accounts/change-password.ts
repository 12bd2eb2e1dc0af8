import { and, eq, ne } from 'drizzle-orm'
import type { Forum } from '../../platform/forum.ts'
import { invalidField, invalidFields } from '../../platform/http/errors.ts'
import { takeAttempt } from '../../platform/http/rate-limits.ts'
import { change } from '../../platform/live/change.ts'
import { hashPassword, passwordMatches, passwordProblem } from './passwords.ts'
import { members, sessions } from './schema.ts'
import { sessionHash } from './sessions/adapter.ts'

export interface PasswordChange {
  memberId: number
  /** The session that asks: the only one that stays. */
  sessionId: string
  current: string
  chosen: string
}

/**
 * Changes a member's password and ends all of their other sessions.
 * @throws Problem 422 when the current password is wrong or the new one is too easy to guess.
 */
export async function changePassword(forum: Forum, asked: PasswordChange): Promise<void> {
  const { database } = forum
  await takeAttempt(forum, { action: 'change-password', most: 10, seconds: 600 }, String(asked.memberId))
  const [member] = await database.select().from(members).where(eq(members.id, asked.memberId))
  if (!member || !(await passwordMatches(asked.current, member.passwordHash))) {
    throw invalidField('current_password', 'accounts.wrong_password')
  }
  const problem = passwordProblem(asked.chosen, member.username, 'new_password')
  if (problem) throw invalidFields([problem])

  const passwordHash = await hashPassword(asked.chosen)
  await change(forum, async (transaction, announce) => {
    await transaction.update(members).set({ passwordHash }).where(eq(members.id, member.id))
    await transaction
      .delete(sessions)
      .where(and(eq(sessions.memberId, member.id), ne(sessions.idHash, sessionHash(asked.sessionId))))
    await announce({ type: 'signed-out', member: member.id })
  })
}
