import { eq } from 'drizzle-orm'
import type { Forum } from '../../platform/forum.ts'
import { notFound } from '../../platform/http/errors.ts'
import { announce } from '../../platform/live/bus.ts'
import { publicProfile } from './queries.ts'
import { members, sessions } from './schema.ts'

/**
 * Ends all sessions of a member and lets no new one begin, or lets them come back.
 * @throws Problem 404 when nobody has that name.
 */
export async function banMember({ database }: Forum, username: string, banned: boolean): Promise<void> {
  const member = await publicProfile(database, username)
  if (!member) throw notFound('members.not_found')
  await database.transaction(async (transaction) => {
    await transaction
      .update(members)
      .set({ bannedAt: banned ? new Date() : null })
      .where(eq(members.id, member.id))
    if (!banned) return
    await transaction.delete(sessions).where(eq(sessions.memberId, member.id))
    await announce(transaction, { type: 'signed-out', member: member.id })
  })
}
