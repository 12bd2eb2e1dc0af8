import { asc, eq } from 'drizzle-orm'
import type { Transaction } from '../../../platform/database/database.ts'
import { queueMails } from '../../../platform/mail/mail.ts'
import { asLanguage } from '../../../platform/text/i18n/languages.ts'
import { notices } from '../../../schema/moderation.ts'
import type { Forum } from '../../forum.ts'
import { mailedSender } from './sender.ts'

/**
 * Mails the senders of notices, if they gave an address, that a case is decided (article 16, 5). The reasons are on the
 * page of their code.
 */
export async function tellSenders(forum: Forum, transaction: Transaction, caseId: number): Promise<void> {
  const sent = await transaction
    .select({ sender: notices.sender, language: notices.language })
    .from(notices)
    .where(eq(notices.caseId, caseId))
    .orderBy(asc(notices.id))
  const mails = sent.flatMap(({ sender, language }) => {
    const told = mailedSender(forum.secret, sender)
    if (told === null) return []
    const content = forum.mails.notice(asLanguage(language), 'decided', `${forum.config.origin}/report/${told.code}`)
    return [{ member: null, kind: 'notice', urgent: true, address: told.email, content }]
  })
  await queueMails(forum, transaction, mails)
}
