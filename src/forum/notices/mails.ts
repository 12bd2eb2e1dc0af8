import type { MailContent } from '../../platform/mail/mail.ts'
import type { Language } from '../../platform/text/i18n/languages.ts'
import type { NotificationLine } from './grouped.ts'

export interface NotificationMail {
  language: Language
  origin: string
  /** All about one thread. */
  lines: readonly NotificationLine[]
  unsubscribe: string
}

/** Writes the mails of notifications. */
export interface NotificationMails {
  notification(mail: NotificationMail): MailContent
}
