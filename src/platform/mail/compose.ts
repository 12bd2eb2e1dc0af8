import { keyedHash } from '../crypto/keyed-hash.ts'
import { sign } from '../crypto/signed.ts'
import { shortened } from '../text/shortened.ts'
import { bareEmail, domainOf, tagged } from './addresses.ts'
import type { MailContext } from './context.ts'
import type { MailContent } from './mail.ts'
import type { MailSettings } from './settings.ts'

/** A mail whose headers are decided, with both its forms still as they were written. */
export interface SmtpMessage {
  envelope: { from: string; to: string }
  headers: Record<string, string | { name: string; address: string }>
  text: string
  html: string
}

/** What the address that a mail comes back to is signed for, with the mail's number. */
export const RETURN_PURPOSE = 'returned mail'

const LONGEST_SUBJECT = 250

/**
 * A mail as it goes over the wire. Its Message-ID (RFC 5322) is the same each time it is tried, so that a mailbox
 * that gets it twice shows it once; it comes back to an address of its own, by which a bounce is known. `Auto-Submitted`
 * (RFC 3834) keeps other programs from answering it; `List-Unsubscribe` and `List-Unsubscribe-Post` (RFC 2369, RFC 8058)
 * let mail programs stop it in one click. Of what people wrote, only the subject is a header, on one line.
 */
export function compose(
  { config, secret }: Pick<MailContext, 'config' | 'secret'>,
  { id, kind, urgent }: { id: number; kind: string; urgent: boolean },
  address: string,
  content: MailContent,
): SmtpMessage {
  const domain = domainOf(bareEmail(config.mailFrom))
  const { unsubscribe } = content
  const messageId = `<${mark(secret, `mail ${id}`)}@${domain}>`
  const conversation = content.conversation && `<${mark(secret, content.conversation)}@${domain}>`
  return {
    envelope: { from: tagged(config.bounceAddress, sign(secret, RETURN_PURPOSE, String(id))), to: address },
    headers: {
      'Auto-Submitted': 'auto-generated',
      ...(urgent ? {} : listHeaders(config, kind, unsubscribe)),
      From: config.mailFrom,
      To: { name: '', address },
      Subject: onOneLine(content.subject),
      'Message-ID': messageId,
      ...(conversation ? { 'In-Reply-To': conversation, References: conversation } : {}),
    },
    text: content.text,
    html: content.html,
  }
}

const onOneLine = (subject: string): string =>
  shortened(subject.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').toWellFormed(), LONGEST_SUBJECT)

function listHeaders({ origin, bounceAddress }: MailSettings, kind: string, unsubscribe: string | undefined) {
  return {
    Precedence: 'bulk',
    'List-Id': `<${kind}.${new URL(origin).hostname}>`,
    ...(unsubscribe
      ? {
          'List-Unsubscribe': `<${origin}/unsubscribe/${unsubscribe}>, <mailto:${tagged(bounceAddress, unsubscribe)}?subject=unsubscribe>`,
          'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        }
      : {}),
  }
}

const mark = (secret: string, what: string): string => keyedHash(secret, what).toString('hex').slice(0, 32)
