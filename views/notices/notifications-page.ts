import { type Html, html } from '../../src/platform/text/html.ts'
import type { ACCOUNT_OCCASIONS } from '../../src/schema/enums.ts'
import { layout } from '../layout.ts'
import type { Page } from '../page.ts'
import { olderLink } from '../parts/older-link.ts'
import { time } from '../parts/time.ts'
import { type NotificationLine, notificationLine } from './notification-line.ts'

/** A notification about the account, not about a thread. */
export interface AccountLine {
  id: number
  occasion: (typeof ACCOUNT_OCCASIONS)[number]
  /** The reason that a moderator gave. */
  reason: string | null
  /** The page with details. */
  path: string
  at: Date
  readAt: Date | null
}

export interface NotificationsPage {
  unread: NotificationLine[]
  /** Whether older unread ones exist that are not shown yet. */
  moreUnread: boolean
  read: NotificationLine[]
  /** Notifications about the account. */
  account: AccountLine[]
  /** Whether mails to the member's address are stopped, because it refused too many. */
  paused: boolean
  /** Where older ones begin; null at the end. */
  next: string | null
}

/** A member's notifications, unread ones first. */
export function notificationsPage(
  page: Page,
  { unread, moreUnread, read, account, paused, next }: NotificationsPage,
): Html {
  const { t } = page
  const newest = Math.max(0, ...unread.flatMap(({ ids }) => ids))
  const unreadOfAccount = account.filter(({ readAt }) => readAt === null)
  const newestOfAccount = Math.max(0, ...unreadOfAccount.map(({ id }) => id))
  const hasUnread = unread.length + unreadOfAccount.length > 0
  return layout(
    page,
    { title: t('notifications.title'), unlisted: true },
    html`<header class="head"><h1>${t('notifications.title')}</h1>
<div class="buttons">${
      hasUnread
        ? html`<form method="post" action="/notifications/read">${upTo('up_to', newest)}${upTo('account_up_to', newestOfAccount)}<button>${t('notifications.read_all')}</button></form>`
        : ''
    } <a href="/subscriptions">${t('subscriptions.title')}</a></div></header>
${paused ? html`<p class="notice">${t('email.paused')} <a href="/settings/email">${t('accounts.tab_email')}</a></p>` : ''}
${accountSection(page, account)}
${unread.length > 0 ? html`<ol class="notifications" role="list">${unread.map((line) => unreadLine(page, line))}</ol>` : unreadOfAccount.length > 0 ? '' : html`<p class="empty">${t('notifications.none')}</p>`}
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
<form method="post" action="/notifications/read">${idsHtml}<button class="quiet">${page.t('notifications.mark_read')}<span class="hidden"> (${line.thread.title})</span></button></form></li>`
}

/** Unread ones come first without sorting, because they are the newest. */
function accountSection(page: Page, account: readonly AccountLine[]): Html {
  if (account.length === 0) return html``
  const { t } = page
  return html`<section><h2>${t('notifications.account')}</h2>
<ol class="notifications" role="list">${account.map((line) => accountLine(page, line))}</ol></section>`
}

function accountLine(page: Page, { id, occasion, reason, path, at, readAt }: AccountLine): Html {
  const { t } = page
  const whatHtml = html`<div><p><a href="${path}">${t(`notifications.${occasion}`)}</a></p>
${reason ? html`<p class="excerpt" dir="auto">${t('notifications.reason')} ${reason}</p>` : ''}
<p class="about">${time(at, page)}</p></div>`
  if (readAt !== null) return html`<li>${whatHtml}</li>`
  return html`<li class="new">${whatHtml}
<form method="post" action="/notifications/read"><input type="hidden" name="account_id" value="${id}"><button class="quiet">${t('notifications.mark_read')}<span class="hidden"> (${t(`notifications.${occasion}`)})</span></button></form></li>`
}

/** A field with the newest notification on the page; nothing when none is unread. */
const upTo = (name: string, newest: number): Html =>
  newest > 0 ? html`<input type="hidden" name="${name}" value="${newest}">` : html``
