import { eq } from 'drizzle-orm'
import { inTransaction } from '../../platform/database/in-transaction.ts'
import { notFound } from '../../platform/problem.ts'
import { members, sessions } from '../../schema/members.ts'
import { memberEvent } from '../events.ts'
import type { Forum } from '../forum.ts'
import { forgetTokens } from './email-tokens.ts'
import { publicProfile } from './queries.ts'

/**
 * Ends all sessions of a member, voids the links that they were sent and lets no new session begin, or lets them come back.
 * @throws Problem 404 when nobody has that name.
 */
export async function banMember(forum: Forum, username: string, banned: boolean): Promise<void> {
  const member = await publicProfile(forum.database, username)
  if (!member) throw notFound('members.not_found')
  await inTransaction(forum, async (transaction, announce) => {
    await transaction
      .update(members)
      .set({ bannedAt: banned ? new Date() : null })
      .where(eq(members.id, member.id))
    if (!banned) return
    await forgetTokens(transaction, member.id)
    await transaction.delete(sessions).where(eq(sessions.memberId, member.id))
    await announce(memberEvent('signed-out', member.id))
  })
}
