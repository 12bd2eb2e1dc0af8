import { type Html, html } from '../../src/platform/text/html.ts'
import { layout } from '../layout.ts'
import type { Page } from '../page.ts'

export interface UnsubscribePage {
  token: string
  kind: 'digest' | 'notification'
  state: 'asked' | 'stopped' | 'undone'
  /** Once stopped, how often digests came, to undo it. */
  rhythm: string | null
}

/** What a link at the end of a mail stops, and that it has. */
export function unsubscribePage(page: Page, { token, kind, state, rhythm }: UnsubscribePage): Html {
  const { t } = page
  return layout(
    page,
    { title: t('email.unsubscribe'), unlisted: true },
    html`<h1>${t('email.unsubscribe')}</h1>
<p class="lead" role="status">${t(`email.${state}_${kind}`)}</p>
<form method="post" action="/unsubscribe/${token}" class="sheet"><p class="buttons">
${rhythm ? html`<button name="undo" value="${rhythm}">${t('email.undo')}</button>` : html`<button class="main">${t('email.unsubscribe')}</button>`}
</p></form>`,
  )
}
