import type { MailContent } from '../../platform/mail/mail.ts'

/** Why an account mail is sent; `link` leads to the page where its member can act. */
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

/** Writes account mails. */
export interface AccountMails {
  account(owner: { username: string; language: string }, occasion: AccountOccasion, link: string): MailContent
}
