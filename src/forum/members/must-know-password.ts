import { eq } from 'drizzle-orm'
import { invalidField } from '../../platform/problem.ts'
import { forgetAttempts, takeAttempt } from '../../platform/rate-limits/rate-limits.ts'
import { members } from '../../schema/members.ts'
import type { Forum } from '../forum.ts'
import { passwordMatches } from './passwords.ts'
import { noteConfirmed } from './queries.ts'
import type { InSession } from './sessions/hold-session.ts'

/** Counted by session: somebody who found one open cannot use up the member's attempts. */
const ATTEMPTS = { action: 'know password', most: 10, seconds: 600 }

export interface Asking extends InSession {
  password: string
}

/**
 * Makes sure that it is the member who asks, and not whoever found a window open. Answers the password as it is stored.
 * @param field where the password was typed.
 * @throws Problem 422 when it is wrong, 429 after many attempts in this session.
 */
export async function mustKnowPassword(
  forum: Forum,
  { memberId, sessionId, password }: Asking,
  field = 'password',
): Promise<string> {
  await takeAttempt(forum, ATTEMPTS, sessionId)
  const [member] = await forum.database
    .select({ passwordHash: members.passwordHash })
    .from(members)
    .where(eq(members.id, memberId))
  if (!member || !(await passwordMatches(password, member.passwordHash, `member ${memberId}`))) {
    throw invalidField(field, 'accounts.wrong_password')
  }
  await forgetAttempts(forum, ATTEMPTS, sessionId)
  await noteConfirmed(forum.database, sessionId)
  return member.passwordHash
}
