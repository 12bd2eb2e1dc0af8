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
 * Gives a member another password, and shuts out whoever had the one before: every session and every token of the API
 * ends, every link that was sent is void, as is the secret of a second factor that is not on yet, and the member is told by
 * mail. Answers false where the member, or the password that was checked before, is no longer there.
 * @param checked the stored password that the change relies on, if it relies on one.
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
