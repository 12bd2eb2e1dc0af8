import { Type } from 'typebox'
import type { Forum } from '../../forum/forum.ts'
import type { AccountNotification as AccountLine } from '../../forum/notices/account-notifications.ts'
import type { NotificationLine } from '../../forum/notices/grouped.ts'
import { readNotificationsPage } from '../../forum/notices/notifications-page.ts'
import { postPath } from '../../paths.ts'
import { json, nothing } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { NOTIFICATION_KINDS } from '../../schema/enums.ts'
import { memberOf } from '../members/recognise-members.ts'
import { ChosenNotifications, markChosenRead } from '../notices/mark-chosen-read.ts'
import { Id } from '../shapes.ts'
import { needs } from './access.ts'
import { gathered, LINK, Limit, linkNext } from './lists.ts'
import { Moment, nullable } from './shapes.ts'

const Notification = Type.Object(
  {
    ids: Type.Array(Type.Integer(), { description: 'All that are alike in one thread, to mark them as read' }),
    kind: Type.Enum([...NOTIFICATION_KINDS]),
    read: Type.Boolean(),
    thread: Type.Integer(),
    title: Type.String(),
    number: Type.Integer({ description: 'Of the first post that it is about' }),
    url: Type.String(),
    boards: Type.Array(Type.String(), { description: 'Of new threads: the board or crossing that you watch' }),
    count: Type.Integer(),
    author: nullable(Type.String({ description: 'Empty where the post is out of sight; null: they have left' })),
    excerpt: Type.String(),
    gone: Type.Boolean({ description: 'Its thread can no longer be read' }),
    at: Moment,
  },
  { title: 'Notification' },
)

const AccountNotification = Type.Object(
  {
    id: Type.Integer(),
    occasion: Type.String(),
    reason: nullable(Type.String()),
    url: nullable(Type.String()),
    read: Type.Boolean(),
    at: Moment,
  },
  { title: 'AccountNotification', description: 'What has happened to your account' },
)

const Notifications = Type.Object({
  items: Type.Array(Notification),
  account: Type.Array(AccountNotification),
  more_unread: Type.Boolean({ description: 'There are older ones, which come up as these are read' }),
})

export function notificationRoutes(api: App, forum: Forum): void {
  const List = Type.Object({ before: Type.Optional(Id), limit: Limit })
  const listing = {
    config: needs('read', 'list_notifications'),
    schema: { querystring: List, response: { 200: { ...json(Notifications), headers: LINK } } },
  }
  api.get('/notifications', listing, async (request, reply) => {
    const { before, limit } = request.query
    const page = await gathered(limit, before && String(before), async (from, most) => {
      const read = await readNotificationsPage(
        forum,
        memberOf(request).id,
        from === undefined ? undefined : Number(from),
        most,
      )
      return { ...read, items: read.read }
    })
    linkNext(request, reply, 'before', page.next)
    return {
      items: [...page.unread.map((line) => asJson(line, false)), ...page.items.map((line) => asJson(line, true))],
      account: page.account.map(accountAsJson),
      more_unread: page.moreUnread,
    }
  })

  const reading = {
    config: needs('write', 'read_notifications'),
    schema: { body: ChosenNotifications, response: { 204: nothing } },
  }
  api.post('/notifications/read', reading, async (request, reply) => {
    await markChosenRead(forum, memberOf(request).id, request.body)
    return reply.code(204).send()
  })
}

function asJson({ thread, board, technology, at, ...line }: NotificationLine, read: boolean) {
  const { ids, kind, number, count, author, excerpt, gone } = line
  return {
    ...{ ids, kind, number, count, author, excerpt, gone, read },
    thread: thread.id,
    title: thread.title,
    url: postPath(thread, number),
    boards: [board, technology].flatMap((place) => place?.slug ?? []),
    at: at.toISOString(),
  }
}

const accountAsJson = ({ id, occasion, reason, path, readAt, at }: AccountLine) => ({
  ...{ id, occasion, reason, url: path },
  read: readAt !== null,
  at: at.toISOString(),
})
