import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'
import { members, sessions } from '../../schema/members.ts'
import { type Announce, memberEvent } from '../events.ts'
import type { Forum } from '../forum.ts'
import { revokeAllTokens } from './api/end-tokens.ts'
import { forgetTokens } from './email-tokens.ts'
import { forgetOffer } from './second-factor/switch-on.ts'
import { tellByMail } from './tell-by-mail.ts'

/**
 * Gives a member another password, and ends all that the old one opened: all sessions and tokens, all links, and the
 * offered secret of a second factor. Tells the member by mail. Answers false when the member, or the checked password,
 * no longer exists.
 * @param checked the stored hash on which the change relies, if any.
 */
export async function setPassword(
  forum: Pick<Forum, 'secret' | 'config' | 'mails'>,
  transaction: Transaction,
  announce: Announce,
  { memberId, passwordHash, checked }: { memberId: number; passwordHash: string; checked?: string },
): Promise<boolean> {
  const unchanged: SQL | undefined = checked === undefined ? undefined : eq(members.passwordHash, checked)
  const [member] = await transaction
    .update(members)
    .set({ passwordHash, passwordChangedAt: sql`now()` })
    .where(and(eq(members.id, memberId), unchanged))
    .returning({ id: members.id })
  if (!member) return false
  await transaction.delete(sessions).where(eq(sessions.memberId, memberId))
  await forgetTokens(transaction, memberId)
  await revokeAllTokens(transaction, memberId)
  await forgetOffer(transaction, memberId)
  await tellByMail(forum, transaction, memberId, 'password', '/reset')
  await announce(memberEvent('signed-out', memberId))
  return true
}
