import { eq } from 'drizzle-orm'
import { inTransaction } from '../../platform/database/in-transaction.ts'
import { invalidField, invalidFields } from '../../platform/problem.ts'
import { members } from '../../schema/members.ts'
import type { Forum } from '../forum.ts'
import { mustKnowPassword } from './must-know-password.ts'
import { hashPassword, passwordProblem } from './passwords.ts'
import { setPassword } from './set-password.ts'

export interface PasswordChange {
  memberId: number
  sessionId: string
  current: string
  chosen: string
}

/**
 * Changes a member's password and ends all their sessions, also the one that asks, because somebody may have stolen it.
 * Answers the stored hash, to begin a new session with.
 * @throws Problem 422 when the current password is wrong or the new one is easy to guess.
 */
export async function changePassword(forum: Forum, { chosen, current, ...asking }: PasswordChange): Promise<string> {
  const { memberId } = asking
  const checked = await mustKnowPassword(forum, { ...asking, password: current }, 'current_password')
  const [member] = await forum.database
    .select({ username: members.username })
    .from(members)
    .where(eq(members.id, memberId))
  const problem = passwordProblem(chosen, member?.username ?? '', 'new_password')
  if (problem) throw invalidFields([problem])

  const passwordHash = await hashPassword(chosen, `member ${memberId}`)
  await inTransaction(forum, async (transaction, announce) => {
    const changed = await setPassword(forum, transaction, announce, { memberId, passwordHash, checked })
    if (!changed) throw invalidField('current_password', 'accounts.wrong_password')
  })
  return passwordHash
}
