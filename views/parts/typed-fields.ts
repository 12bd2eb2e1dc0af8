import type { MessageKey } from '../../src/platform/text/i18n/translate.ts'

/** Fields that a person types into, with their labels. All other fields are chosen or hidden. */
export const TYPED_FIELDS: ReadonlyMap<string, MessageKey> = new Map([
  ['title', 'threads.title'],
  ['username', 'accounts.username'],
  ['body', 'posts.body'],
  ['biography', 'accounts.biography'],
])

/** A name alone is typed again quickly; a browser may even have filled it in. */
const SHORT = 'username'

/** Whether a form holds a text that its writer wants to see again before it is sent. */
export const holdsText = (fields: readonly [name: string, value: string][]): boolean =>
  fields.some(([name, value]) => TYPED_FIELDS.has(name) && name !== SHORT && value.trim() !== '')
