import { type Html, html } from '../../src/platform/text/html.ts'
import type { Page } from '../page.ts'

const TABS = [
  ['profile', '/settings'],
  ['email', '/settings/email'],
  ['subscriptions', '/subscriptions'],
  ['security', '/settings/security'],
  ['data', '/settings/data'],
  ['tokens', '/settings/tokens'],
  ['webhooks', '/settings/webhooks'],
] as const

/** The tabs of a member's settings. */
export function settingsTabs({ t }: Page, current: (typeof TABS)[number][0]): Html {
  return html`<nav class="tabs" aria-label="${t('accounts.settings')}"><ul>${TABS.map(
    ([name, path]) =>
      html`<li><a href="${path}"${name === current ? html` aria-current="page"` : ''}>${t(`accounts.tab_${name}`)}</a></li>`,
  )}</ul></nav>`
}
