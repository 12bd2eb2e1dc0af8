import { type Html, html } from '../../src/platform/text/html.ts'
import { layout } from '../layout.ts'
import type { Page } from '../page.ts'

export interface UnsubscribePage {
  token: string
  kind: 'digest' | 'notification' | 'thread'
  state: 'asked' | 'stopped' | 'undone'
  /** Needed to undo: the former rhythm of the digests, or the former level of the thread. Null before unsubscribing. */
  before: string | null
  /** Digests come once a week already, so the page cannot offer that instead. */
  isWeekly: boolean
}

/** What an unsubscribe link stops, and after the click, that it is stopped. */
export function unsubscribePage(page: Page, { token, kind, state, before, isWeekly }: UnsubscribePage): Html {
  const { t } = page
  const title = t(kind === 'thread' ? 'mails.ignore_thread' : 'email.unsubscribe')
  const said = state === 'undone' && isWeekly ? 'email.weekly_again' : (`email.${state}_${kind}` as const)
  const rarerHtml =
    kind === 'digest' && !isWeekly
      ? html` <button class="quiet" name="undo" value="weekly">${t('email.only_weekly')}</button>`
      : ''
  const buttonsHtml = before
    ? html`<button name="undo" value="${before}">${t('email.undo')}</button>${rarerHtml}`
    : html`<button class="${state === 'asked' ? 'main' : 'quiet'}">${title}</button>`
  return layout(
    page,
    { title, unlisted: true },
    html`<h1>${title}</h1>
<p class="lead" role="status">${t(said)}</p>
<form method="post" action="/unsubscribe/${token}" class="sheet"><p class="buttons">
${buttonsHtml}
</p></form>`,
  )
}
