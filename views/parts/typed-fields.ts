import type { MessageKey } from '../../src/platform/text/i18n/translate.ts'

/** The fields that a person types into, with what they are called; all others are chosen, or travel along unseen. */
export const TYPED_FIELDS: ReadonlyMap<string, MessageKey> = new Map([
  ['title', 'threads.title'],
  ['username', 'accounts.username'],
  ['body', 'posts.body'],
  ['biography', 'accounts.biography'],
])

/** A name alone is soon typed again; beside a password, it is one that the browser has filled in. */
const SHORT = 'username'

/** Whether somebody has written something in a form, and wants to see it again before it is sent. */
export const holdsText = (fields: readonly [name: string, value: string][]): boolean =>
  fields.some(([name, value]) => TYPED_FIELDS.has(name) && name !== SHORT && value.trim() !== '')
