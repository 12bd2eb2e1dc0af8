import { memberPath } from '../../src/paths.ts'
import { type Html, html } from '../../src/platform/text/html.ts'
import type { Page, Viewer } from '../page.ts'
import { countedUpTo, MOST_CASES, MOST_NOTIFICATIONS, shortCount } from './counted.ts'

/** The member's links, or login and registration; at the top of every page. */
export function accountLinks(page: Page): Html {
  const { t, viewer, here, site } = page
  if (viewer) {
    return html`<div class="account">
${accountLink(viewer, page)}
<a href="/notifications" class="bell"><span class="hidden">${t('notifications.title')}</span>${bellHtml}${badge(viewer, page)}</a>
<a href="/settings" class="to-settings"><span>${t('accounts.settings')}</span>${slidersHtml}</a>
<form method="post" action="/logout" class="log-out"><button class="quiet">${t('accounts.log_out')}</button></form>
</div>`
  }
  const next = /^\/(login|register|logout)/.test(here) ? '' : `?next=${encodeURIComponent(here)}`
  return html`<div class="account">
<a href="/login${next}">${t('accounts.log_in')}</a>
${site.registers ? html`<a href="/register${next}">${t('accounts.register')}</a>` : ''}
</div>`
}

/** The member's page; for moderators and admins also their own pages. */
function accountLink({ username, role, openCases }: Viewer, page: Page): Html {
  const { t } = page
  const label = countedUpTo(page, MOST_CASES, 'cases.open', openCases)
  const casesHtml =
    openCases > 0
      ? html` <span class="badge"><span aria-hidden="true">${shortCount(openCases)}</span><span class="hidden">${label}</span></span>`
      : ''
  return html`<a href="${memberPath(username)}"><bdi>${username}</bdi></a>${role === 'admin' ? html` <a href="/admin">${t('admin.link')}</a>` : ''}${role === 'member' ? '' : html` <a href="/moderation" class="queue">${t('cases.title')}${casesHtml}</a>`}`
}

/** The number of unread notifications, which a script updates. */
function badge({ unread }: Viewer, page: Page): Html {
  const label = countedUpTo(page, MOST_NOTIFICATIONS, 'notifications.unread', unread)
  return html`<span class="badge"${unread > 0 ? '' : ' hidden'}><span aria-hidden="true">${shortCount(unread)}</span><span class="hidden">${label}</span></span>`
}

/** Replaces the word where the head is narrow. */
const slidersHtml = html`<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M2 4.5h5.5m4 0H14M2 11.5h2.5m4 0H14M9.5 2.5a2 2 0 1 0 0 4 2 2 0 1 0 0-4zm-3 7a2 2 0 1 0 0 4 2 2 0 1 0 0-4z"/></svg>`

const bellHtml = html`<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M8 1.5a4.5 4.5 0 0 0-4.5 4.5c0 4-1.5 5-1.5 6h12c0-1-1.5-2-1.5-6A4.5 4.5 0 0 0 8 1.5zM6 13.5a2 2 0 0 0 4 0"/></svg>`
