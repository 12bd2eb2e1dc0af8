import type { MailContent } from '../../platform/mail/mail.ts'

/** What a mail about an account is about; `link` leads to where its member does something about it. */
export type AccountOccasion =
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

/** Writes the mails about accounts. */
export interface AccountMails {
  account(owner: { username: string; language: string }, occasion: AccountOccasion, link: string): MailContent
}
