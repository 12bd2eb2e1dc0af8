import { eq } from 'drizzle-orm'
import { invalidField } from '../../platform/problem.ts'
import { forgetAttempts, takeAttempt } from '../../platform/rate-limits/rate-limits.ts'
import { members } from '../../schema/members.ts'
import type { Forum } from '../forum.ts'
import { passwordMatches } from './passwords.ts'
import { noteConfirmed } from './queries.ts'
import type { InSession } from './sessions/hold-session.ts'

/** Counted for each session, so that somebody at an open window cannot use up the member's tries elsewhere. */
const ATTEMPTS = { action: 'know password', most: 10, seconds: 600 }

export interface Asking extends InSession {
  password: string
}

/**
 * Checks the password, so that somebody at an open window cannot act for the member. Answers the stored hash.
 * @param field in which the password was typed.
 * @throws Problem 422 when it is wrong, 429 after many tries in this session.
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
