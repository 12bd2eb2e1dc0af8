import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'
import { queueMails } from '../../platform/mail/mail.ts'
import { emailAddresses } from '../../schema/email-addresses.ts'
import { members, sessions } from '../../schema/members.ts'
import { type Announce, memberEvent } from '../events.ts'
import type { Forum } from '../forum.ts'
import { revokeAllTokens } from './api/end-tokens.ts'
import { forgetTokens } from './email-tokens.ts'

/**
 * Gives a member another password, and shuts out whoever had the one before: every session and every token of the
 * API ends, every link that was sent is void, and the member is told by mail. Answers false where the member, or the password that was checked
 * before, is no longer there.
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
    .returning({ username: members.username, language: members.language })
  if (!member) return false
  await transaction.delete(sessions).where(eq(sessions.memberId, memberId))
  await forgetTokens(transaction, memberId)
  await revokeAllTokens(transaction, memberId)
  const [confirmed] = await transaction
    .select({ address: emailAddresses.address })
    .from(emailAddresses)
    .where(eq(emailAddresses.memberId, memberId))
  if (confirmed) {
    const content = forum.mails.account(member, 'password', `${forum.config.origin}/reset`)
    await queueMails(forum, transaction, [
      { member: memberId, kind: 'account', urgent: true, content, address: confirmed.address },
    ])
  }
  await announce(memberEvent('signed-out', memberId))
  return true
}
