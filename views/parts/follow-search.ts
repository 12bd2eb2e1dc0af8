import { type Html, html } from '../../src/platform/text/html.ts'
import type { Page } from '../page.ts'

/** A button to follow a search, or to stop. */
export function followSearch({ t, here }: Page, { query, follows }: { query: string; follows: boolean }): Html {
  return html`<form method="post" action="/search/subscription"><input type="hidden" name="q" value="${query}"><input type="hidden" name="next" value="${here}"><button name="level" value="${follows ? 'none' : 'following'}" class="follow${follows ? ' following' : ''}">${t(follows ? 'search.followed' : 'search.follow')}${follows ? html`<span class="hidden">, ${t('subscriptions.stop')}</span>` : ''}</button></form>`
}
