import { type Html, html } from '../../src/platform/text/html.ts'
import type { Level } from '../../src/schema/enums.ts'
import type { Page } from '../page.ts'

const LEVELS: readonly Level[] = ['watching', 'following', 'muted', 'none']

export interface Subscription {
  /** Where the form is sent to. */
  action: string
  level: Level
  /** What the levels mean for it. */
  of: 'board' | 'thread'
}

/**
 * One click to follow, or to stop; the other levels are folded away beside it. People without an account are asked
 * to log in by the same click.
 */
export function subscriptionButtons({ t, viewer, here }: Page, { action, level, of }: Subscription): Html {
  const followed = level !== 'none'
  const nextHtml = html`<input type="hidden" name="next" value="${here}">`
  const mainHtml = html`<form method="post" action="${action}">${nextHtml}<button name="level" value="${followed ? 'none' : 'following'}" class="follow ${level}">${t(`subscriptions.is_${level}`)}${followed ? html`<span class="hidden">, ${t('subscriptions.stop')}</span>` : ''}</button></form>`
  if (!viewer) return mainHtml
  return html`<div class="subscription">${mainHtml}<details><summary aria-label="${t('subscriptions.levels')}"></summary>
<form method="post" action="${action}">${nextHtml}${LEVELS.map(
    (one) =>
      html`<button name="level" value="${one}"${one === level ? html` aria-current="true"` : ''}><b>${t(`subscriptions.${one}`)}</b> <span>${t(`subscriptions.${one}_${of}`)}</span></button>`,
  )}</form></details></div>`
}
