import type { MailContent } from '../../platform/mail/mail.ts'
import type { Language } from '../../platform/text/i18n/languages.ts'
import type { Worded } from '../../platform/text/i18n/worded.ts'
import type { NotificationLine } from './grouped.ts'

export interface NotificationMail {
  language: Language
  origin: string
  /** All about one thread. */
  lines: readonly NotificationLine[]
  unsubscribe: string
  /** The token of the link that stops all that comes of this thread. */
  stopThread: string
  boardOf(id: number): { name: Worded } | undefined
  /** Whose clock its times are said by. */
  timeZone: string
}

/** Writes the mails of notifications. */
export interface NotificationMails {
  notification(mail: NotificationMail): MailContent
}
