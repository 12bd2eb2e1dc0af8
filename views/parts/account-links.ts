import { html } from 'ghtml'
import { memberPath } from '../../src/paths.ts'
import type { Page } from '../page.ts'

/** Who is signed in, or how to be; at the top of every page. */
export function accountLinks({ t, viewer, here }: Page): string {
  if (viewer) {
    return html`<div class="account">
<a href="${memberPath(viewer.username)}"><bdi>${viewer.username}</bdi></a>
<a href="/settings">${t('accounts.settings')}</a>
<form method="post" action="/logout" class="log-out"><button class="quiet">${t('accounts.log_out')}</button></form>
</div>`
  }
  const next = /^\/(login|register|logout)/.test(here) ? '' : `?next=${encodeURIComponent(here)}`
  return html`<div class="account">
<a href="/login${next}">${t('accounts.log_in')}</a>
<a href="/register${next}">${t('accounts.register')}</a>
</div>`
}
