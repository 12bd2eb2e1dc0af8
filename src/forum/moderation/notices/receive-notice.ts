import { sealed } from '../../../platform/crypto/sealed.ts'
import { inTransaction } from '../../../platform/database/in-transaction.ts'
import { queueMails } from '../../../platform/mail/mail.ts'
import { attemptsBeyond, takeAttempt } from '../../../platform/rate-limits/rate-limits.ts'
import type { Language } from '../../../platform/text/i18n/languages.ts'
import type { FlagReason } from '../../../schema/enums.ts'
import { notices } from '../../../schema/moderation.ts'
import type { Forum } from '../../forum.ts'
import { addressKey } from '../../members/email-key.ts'
import { countFlag, openCase } from '../open-case.ts'
import { findReported } from './find-reported.ts'
import { codeHash, makeCode } from './notice-code.ts'
import { SENDER } from './sender.ts'

const BY_PLACE = { action: 'report', most: 30, seconds: 3_600 }
/** A limit, so that nobody can flood another person's mailbox. Further notices are received without a mail. */
const TO_ADDRESS = { action: 'report mail', most: 3, seconds: 86_400 }

export interface NewNotice {
  url: string
  reason: FlagReason
  explanation: string
  name: string
  /** Empty for no mail. */
  email: string
  language: Language
  /** The names of this forum. */
  hosts: readonly string[]
  /** A digest of the network address. */
  place: string
}

/**
 * Receives a notice by somebody without an account (Regulation (EU) 2022/2065, article 16), and answers the code that
 * shows its state. Adds it to the case of its post. The sender is stored encrypted, and deleted with the notice.
 * @throws Problem 429 for too many from one network.
 */
export async function receiveNotice(forum: Forum, notice: NewNotice): Promise<string> {
  const { url, reason, explanation, name, email, language, hosts, place } = notice
  await takeAttempt(forum, BY_PLACE, place)
  const isMailed = email !== '' && (await attemptsBeyond(forum, TO_ADDRESS, addressKey(email))) === 0
  const reported = await findReported(forum, url, hosts)
  const code = makeCode()
  const sender = name || email ? sealed(forum.secret, SENDER, { name, email: isMailed ? email : '', code }) : null
  await inTransaction(forum, async (transaction, announce) => {
    const about = reported ? { post: reported.id, member: reported.authorId } : {}
    const caseId = await openCase(transaction, announce, { kind: 'flagged', ...about })
    const row = { codeHash: codeHash(code), caseId, url, reason, explanation, sender, language }
    await transaction.insert(notices).values(row)
    await countFlag(transaction, caseId)
    if (!isMailed) return
    const content = forum.mails.notice(language, 'received', `${forum.config.origin}/report/${code}`)
    await queueMails(forum, transaction, [{ member: null, kind: 'notice', urgent: true, address: email, content }])
  })
  return code
}
