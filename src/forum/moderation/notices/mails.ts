import type { MailContent } from '../../../platform/mail/mail.ts'
import type { Language } from '../../../platform/text/i18n/languages.ts'

/** Writes mails to senders of notices; `link` leads to the state of the notice. */
export interface NoticeMails {
  notice(language: Language, occasion: 'received' | 'decided', link: string): MailContent
}
