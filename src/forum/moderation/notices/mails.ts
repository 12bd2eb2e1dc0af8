import type { MailContent } from '../../../platform/mail/mail.ts'
import type { Language } from '../../../platform/text/i18n/languages.ts'

/** Writes the mails to those who sent a notice; `link` leads to where its state is shown. */
export interface NoticeMails {
  notice(language: Language, occasion: 'received' | 'decided', link: string): MailContent
}
