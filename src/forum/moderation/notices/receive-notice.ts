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
/** Nobody can have the forum fill somebody else's mailbox: beyond these a notice is received, and no mail says so. */
const TO_ADDRESS = { action: 'report mail', most: 3, seconds: 86_400 }

export interface NewNotice {
  url: string
  reason: FlagReason
  explanation: string
  name: string
  /** Empty: they want no mail. */
  email: string
  language: Language
  /** By which names this forum is asked. */
  hosts: readonly string[]
  /** A passing name of the place that the request comes from. */
  place: string
}

/**
 * Receives a notice by somebody without an account (Regulation (EU) 2022/2065, article 16) and answers the code that shows
 * its state. It joins the case of the post that it is about. Who sent it is sealed, and gone with it.
 * @throws Problem 429 for too many from one place.
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
