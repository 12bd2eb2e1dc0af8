import { createHmac } from 'node:crypto'
import type { SendMailOptions } from 'nodemailer'
import type { Forum } from '../forum.ts'
import type { MailContent } from './mail.ts'
import { domainOf } from './transport.ts'

export interface QueuedMail {
  id: number
  kind: 'account' | 'digest' | 'notification'
  address: string
  content: MailContent
}

/**
 * A mail as it goes over the wire. Its Message-ID (RFC 5322) is the same each time it is tried, so that a mailbox
 * that gets it twice shows it once. `Auto-Submitted` (RFC 3834) keeps other programs from answering it;
 * `List-Unsubscribe` and `List-Unsubscribe-Post` (RFC 2369, RFC 8058) let mail programs stop it in one click.
 */
export function compose(
  { config, secret }: Pick<Forum, 'config' | 'secret'>,
  { id, kind, address, content }: QueuedMail,
): SendMailOptions {
  const domain = domainOf(config.mailFrom)
  const { unsubscribe, about } = content
  const messageId = `<${mark(secret, `mail ${id}`)}@${domain}>`
  const conversation = about && `<${mark(secret, `thread ${about.thread}`)}@${domain}>`
  return {
    from: config.mailFrom,
    to: address,
    subject: content.subject,
    text: content.text,
    html: content.html,
    messageId,
    ...(conversation ? { inReplyTo: conversation, references: conversation } : {}),
    headers: {
      'Auto-Submitted': 'auto-generated',
      ...(kind === 'account' ? {} : listHeaders(config.origin, config.mailFrom, kind, unsubscribe)),
    },
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}

function listHeaders(origin: string, from: string, kind: string, unsubscribe: string | undefined) {
  const address = /<([^>]+)>/.exec(from)?.[1] ?? from
  return {
    Precedence: 'bulk',
    'List-Id': `<${kind}.${new URL(origin).hostname}>`,
    ...(unsubscribe
      ? {
          'List-Unsubscribe': `<${origin}/unsubscribe/${unsubscribe}>, <mailto:${address}?subject=unsubscribe%20${unsubscribe}>`,
          'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        }
      : {}),
  }
}

const mark = (secret: string, what: string): string =>
  createHmac('sha256', secret).update(what).digest('hex').slice(0, 32)
