import type { MailContent } from '../../src/platform/mail/mail.ts'
import { html } from '../../src/platform/text/html.ts'
import type { Language } from '../../src/platform/text/i18n/languages.ts'
import { type Letterhead, mailButton, mailLayout, mailWording } from './mail-layout.ts'

/** Confirms a notice, or gives its decision. Does not quote it, because the forum has not verified the address. */
export function noticeMail(
  letterhead: Letterhead,
  language: Language,
  occasion: 'received' | 'decided',
  link: string,
): MailContent {
  const wording = mailWording(language, letterhead)
  const { t, forumName } = wording
  const subject = t(`mails.notice_${occasion}_subject`)
  const words = t(`mails.notice_${occasion}`)
  const after = t('mails.notice_after')
  return {
    subject,
    text: [words, link, after, `-- \n${forumName}`].join('\n\n'),
    html: mailLayout(wording, {
      title: subject,
      mainHtml: html`<p style="margin:0 0 12px;">${words}</p>${mailButton(wording, link, t('mails.notice_button'))}<p style="margin:0;">${after}</p>`,
      footHtml: html`${forumName}`,
    }).toString(),
  }
}
