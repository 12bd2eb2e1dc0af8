import { type Html, html } from '../../src/platform/text/html.ts'
import type { MessageKey } from '../../src/platform/text/i18n/translate.ts'
import type { FieldMessages, Page } from '../page.ts'

/**
 * At the top of a form that came back: how much is wrong, and what is wrong with no one field. Where that is all, the
 * page opens there; else at the first field that something is wrong with.
 * @param lead how the number of problems is said; null where the fields say enough.
 */
export function formProblems(
  { t }: Page,
  messages: FieldMessages,
  fields: readonly string[],
  lead: MessageKey | null = 'errors.form_came_back',
): Html {
  const names = Object.keys(messages)
  if (names.length === 0) return html``
  const elsewhere = names.filter((name) => !fields.includes(name)).map((name) => messages[name])
  if (!lead && elsewhere.length === 0) return html``
  return html`<div class="problems" role="alert" tabindex="-1"${elsewhere.length === names.length ? ' autofocus' : ''}>
${lead ? html`<p>${t(lead, { count: names.length })}</p>` : ''}
${elsewhere.map((message) => html`<p>${message}</p>`)}
</div>`
}
