import type { MailContent } from '../../platform/mail/mail.ts'
import type { Language } from '../../platform/text/i18n/languages.ts'
import type { Worded } from '../../platform/text/i18n/worded.ts'
import type { NotificationLine } from './grouped.ts'

export interface NotificationMail {
  language: Language
  origin: string
  /** All from one thread. */
  lines: readonly NotificationLine[]
  unsubscribe: string
  /** The token of the link that stops all mails about this thread. */
  stopThread: string
  boardOf(id: number): { name: Worded } | undefined
  /** The time zone of its times. */
  timeZone: string
}

/** Writes mails of notifications. */
export interface NotificationMails {
  notification(mail: NotificationMail): MailContent
}
