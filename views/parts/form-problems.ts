import { type Html, html } from '../../src/platform/text/html.ts'
import type { MessageKey } from '../../src/platform/text/i18n/translate.ts'
import type { FieldMessages, Page } from '../page.ts'

/**
 * Stands at the top of a form that came back: how many errors it has, and those that belong to no field. The page opens
 * here if there are only such errors, otherwise at the first field with one.
 * @param lead says the number of errors; null when the fields are enough.
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
