import { type Html, html } from '../../src/platform/text/html.ts'
import type { Level } from '../../src/schema/enums.ts'
import type { Page } from '../page.ts'

const LEVELS: readonly Level[] = ['watching', 'following', 'muted', 'none']

export interface Subscription {
  /** The address of the form. */
  action: string
  level: Level
  /** Levels are explained differently for boards and for threads. */
  of: 'board' | 'thread'
}

/** A button to follow or to stop, with the other levels folded beside it. The same button leads visitors to the login. */
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
