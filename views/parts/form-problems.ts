import { html } from 'ghtml'
import type { Page } from '../page.ts'

/** At the top of a form that came back: how much is wrong, and what is wrong with no one field. */
export function formProblems({ t }: Page, messages: Record<string, string>, fields: readonly string[]): string {
  const names = Object.keys(messages)
  if (names.length === 0) return ''
  const elsewhere = names.filter((name) => !fields.includes(name)).map((name) => messages[name])
  return html`<div class="problems" role="alert">
<p>${t('errors.form_came_back', { count: names.length })}</p>
!${elsewhere.map((message) => html`<p>${message}</p>`)}
</div>`
}
