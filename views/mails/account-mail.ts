import type { MailContent } from '../../src/platform/mail/mail.ts'
import { html } from '../../src/platform/text/html.ts'
import { asLanguage } from '../../src/platform/text/i18n/languages.ts'
import { type Letterhead, labelled, mailButton, mailLayout, mailWording } from './mail-layout.ts'
import { wrapped } from './wrapped.ts'

/** Why an account mail is sent. */
type AccountOccasion =
  | 'confirm'
  | 'reset'
  | 'changed'
  | 'removed'
  | 'password'
  | 'paused'
  | 'factor_on'
  | 'factor_off'
  | 'left'
  | 'came_back'
  | 'rescue'
  | 'passkey_on'
  | 'passkey_off'
  | 'let_in'
  | 'turned_away'
  | 'appeal_answered'
  | 'test'

/**
 * A mail about an account: confirms an address, resets a password, reports a change, says that mail is refused, or tests
 * delivery.
 */
export function accountMail(
  letterhead: Letterhead,
  owner: { username: string; language: string },
  occasion: AccountOccasion,
  link: string,
): MailContent {
  const wording = mailWording(asLanguage(owner.language), letterhead)
  const { t, forumName } = wording
  const subject = t(`mails.${occasion}_subject`)
  const paragraphs = [t('mails.greeting', { name: owner.username }), t(`mails.${occasion}`, { name: owner.username })]
  const after = t(`mails.${occasion}_after`)
  return {
    subject,
    text: [
      ...paragraphs.map((text) => wrapped(text)),
      `${labelled(t, `mails.${occasion}_button`)}\n${link}`,
      wrapped(after),
      `-- \n${forumName}`,
    ].join('\n\n'),
    html: mailLayout(wording, {
      title: subject,
      mainHtml: html`${paragraphs.map((text) => html`<p style="margin:0 0 12px;">${text}</p>`)}${mailButton(wording, link, t(`mails.${occasion}_button`))}<p style="margin:0;">${after}</p>`,
      footHtml: html`${t('mails.account_foot', { forum: forumName })}`,
    }).toString(),
  }
}
