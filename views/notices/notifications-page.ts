import { type Html, html } from '../../src/platform/text/html.ts'
import { layout } from '../layout.ts'
import type { Page } from '../page.ts'
import { olderLink } from '../parts/older-link.ts'
import { type NotificationLine, notificationLine } from './notification-line.ts'

export interface NotificationsPage {
  unread: NotificationLine[]
  /** There are older ones that are unread, which are not shown yet. */
  moreUnread: boolean
  read: NotificationLine[]
  /** Nothing is sent to the member's address, because it has refused too much. */
  paused: boolean
  /** Where older ones begin; null at the end. */
  next: string | null
}

/** What has happened that concerns a member: the unread first. */
export function notificationsPage(page: Page, { unread, moreUnread, read, paused, next }: NotificationsPage): Html {
  const { t } = page
  const newest = Math.max(0, ...unread.flatMap(({ ids }) => ids))
  return layout(
    page,
    { title: t('notifications.title'), unlisted: true },
    html`<header class="head"><h1>${t('notifications.title')}</h1>
<div class="buttons">${
      unread.length > 0
        ? html`<form method="post" action="/notifications/read"><input type="hidden" name="up_to" value="${newest}"><button>${t('notifications.read_all')}</button></form>`
        : ''
    } <a href="/subscriptions">${t('subscriptions.title')}</a></div></header>
${paused ? html`<p class="notice">${t('email.paused')} <a href="/settings/email">${t('accounts.tab_email')}</a></p>` : ''}
${unread.length > 0 ? html`<ol class="notifications" role="list">${unread.map((line) => unreadLine(page, line))}</ol>` : html`<p class="empty">${t('notifications.none')}</p>`}
${moreUnread ? html`<p>${t('notifications.more_unread')}</p>` : ''}
${
  read.length > 0
    ? html`<section><h2>${t('notifications.earlier')}</h2>
<ol class="notifications" role="list">${read.map((line) => html`<li>${notificationLine(page, line)}</li>`)}</ol></section>`
    : ''
}
${olderLink(page, '/notifications', {}, next)}`,
  )
}

function unreadLine(page: Page, line: NotificationLine): Html {
  const idsHtml = line.ids.map((id) => html`<input type="hidden" name="id" value="${id}">`)
  return html`<li class="new"><div>${notificationLine(page, line)}</div>
<form method="post" action="/notifications/read">${idsHtml}<button class="quiet">${page.t('notifications.mark_read')}<span class="hidden"> : ${line.thread.title}</span></button></form></li>`
}
