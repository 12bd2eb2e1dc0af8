import { boardCatalogue } from '../boards/catalogue.ts'
import { sliceById } from '../discussion/cursor.ts'
import type { Forum } from '../forum.ts'
import { emailOfMember } from '../members/email-addresses.ts'
import { type AccountNotification, lastAccountNotifications } from './account-notifications.ts'
import { grouped, type NotificationLine } from './grouped.ts'
import { MOST_UNREAD, READ_PER_PAGE, readNotifications, unreadNotifications } from './queries.ts'

/** A member's notifications, for HTML and JSON. */
export interface NotificationsPage {
  /** Empty on later pages. */
  unread: NotificationLine[]
  /** Whether older unread ones exist, which appear when these are read. */
  moreUnread: boolean
  read: NotificationLine[]
  /** Notifications about the account; empty on later pages. */
  account: AccountNotification[]
  /** Whether mails to the member are paused, because their address refused too many. */
  paused: boolean
  /** The last notification of this page, if older ones follow; null at the end. */
  next: string | null
}

/**
 * @param before the notification before which the list of read ones begins; undefined for the first page. @param most
 * fewer read ones than a page has.
 */
export async function readNotificationsPage(
  forum: Forum,
  member: number,
  before: number | undefined,
  most = READ_PER_PAGE,
): Promise<NotificationsPage> {
  const { database } = forum
  const [catalogue, address, unread, account, read] = await Promise.all([
    boardCatalogue(forum),
    emailOfMember(database, member),
    before === undefined ? unreadNotifications(database, member) : [],
    before === undefined ? lastAccountNotifications(database, member) : [],
    readNotifications(database, member, before),
  ])
  const { rows, next } = sliceById(read, Math.min(most, READ_PER_PAGE))
  return {
    unread: grouped(catalogue, unread.slice(0, MOST_UNREAD)),
    moreUnread: unread.length > MOST_UNREAD,
    read: grouped(catalogue, rows),
    account,
    paused: Boolean(address?.pausedAt),
    next,
  }
}
