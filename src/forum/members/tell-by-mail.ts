import { eq } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'
import { queueMails } from '../../platform/mail/mail.ts'
import { emailAddresses } from '../../schema/email-addresses.ts'
import { members } from '../../schema/members.ts'
import type { Forum } from '../forum.ts'
import type { AccountOccasion } from './mails.ts'

/**
 * Tells a member with a confirmed address what happened to their account.
 * @param path the page where they can act.
 */
export async function tellByMail(
  forum: Pick<Forum, 'secret' | 'config' | 'mails'>,
  transaction: Transaction,
  memberId: number,
  occasion: AccountOccasion,
  path: string,
): Promise<void> {
  const [owner] = await transaction
    .select({ username: members.username, language: members.language, address: emailAddresses.address })
    .from(emailAddresses)
    .innerJoin(members, eq(members.id, emailAddresses.memberId))
    .where(eq(emailAddresses.memberId, memberId))
  if (!owner || owner.username === null) return
  const content = forum.mails.account({ ...owner, username: owner.username }, occasion, `${forum.config.origin}${path}`)
  await queueMails(forum, transaction, [
    { member: memberId, kind: 'account', urgent: true, content, address: owner.address },
  ])
}
