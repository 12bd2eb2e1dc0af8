import { type Html, html } from '../../src/platform/text/html.ts'
import { layout } from '../layout.ts'
import type { Page } from '../page.ts'

export interface UnsubscribePage {
  token: string
  kind: 'digest' | 'notification' | 'thread'
  state: 'asked' | 'stopped' | 'undone'
  /** Once stopped, how often digests came, or the level of the thread, to undo it. */
  before: string | null
}

/** What a link at the end of a mail stops, and that it has. */
export function unsubscribePage(page: Page, { token, kind, state, before }: UnsubscribePage): Html {
  const { t } = page
  const title = t(kind === 'thread' ? 'mails.ignore_thread' : 'email.unsubscribe')
  return layout(
    page,
    { title, unlisted: true },
    html`<h1>${title}</h1>
<p class="lead" role="status">${t(`email.${state}_${kind}`)}</p>
<form method="post" action="/unsubscribe/${token}" class="sheet"><p class="buttons">
${before ? html`<button name="undo" value="${before}">${t('email.undo')}</button>` : html`<button class="main">${t(kind === 'thread' ? 'mails.ignore_thread' : 'email.unsubscribe')}</button>`}
</p></form>`,
  )
}
