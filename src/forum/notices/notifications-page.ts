import { boardCatalogue } from '../boards/catalogue.ts'
import { sliceById } from '../discussion/cursor.ts'
import type { Forum } from '../forum.ts'
import { emailOfMember } from '../members/email-addresses.ts'
import { type AccountNotification, lastAccountNotifications } from './account-notifications.ts'
import { grouped, type NotificationLine } from './grouped.ts'
import { MOST_UNREAD, READ_PER_PAGE, readNotifications, unreadNotifications } from './queries.ts'

/** What has happened that concerns a member, for HTML and JSON alike. */
export interface NotificationsPage {
  /** On the first page only. */
  unread: NotificationLine[]
  /** There are older ones that are unread, which come up as these are read. */
  moreUnread: boolean
  read: NotificationLine[]
  /** On the first page only: what has happened to the account. */
  account: AccountNotification[]
  /** No mail is sent to the member's address, because it has refused too many. */
  paused: boolean
  /** The notification that older ones come after; null at the end. */
  next: string | null
}

/** @param before the notification that the list of read ones begins after; undefined for the first page. @param most fewer read ones than a page has. */
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
