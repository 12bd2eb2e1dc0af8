import { Type } from 'typebox'
import { boardCatalogue } from '../../forum/boards/catalogue.ts'
import type { Forum } from '../../forum/forum.ts'
import { grouped, type NotificationLine } from '../../forum/notices/grouped.ts'
import { markRead } from '../../forum/notices/mark-read.ts'
import { READ_PER_PAGE, readNotifications, unreadNotifications } from '../../forum/notices/queries.ts'
import { postPath } from '../../paths.ts'
import { nothing } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { NOTIFICATION_KINDS } from '../../schema/enums.ts'
import { memberOf } from '../members/recognise-members.ts'
import { Id } from '../shapes.ts'
import { needs } from './access.ts'
import { Limit, linkNext, listOf } from './lists.ts'
import { Moment } from './shapes.ts'

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
    author: Type.String({ description: 'Empty where the post is out of sight' }),
    excerpt: Type.String(),
    gone: Type.Boolean({ description: 'Its thread can no longer be read' }),
    at: Moment,
  },
  { title: 'Notification' },
)

const Read = Type.Object({
  id: Type.Optional(Type.Array(Id, { maxItems: 200 })),
  up_to: Type.Optional(Type.Integer({ ...Id, description: 'The newest that was seen; without it, and `id`: all' })),
})

export function notificationRoutes(api: App, forum: Forum): void {
  const { database } = forum

  const List = Type.Object({ before: Type.Optional(Id), limit: Limit })
  const listing = {
    config: needs('read', 'list_notifications'),
    schema: { querystring: List, response: { 200: listOf(Notification) } },
  }
  api.get('/notifications', listing, async (request, reply) => {
    const { id } = memberOf(request)
    const { before, limit = READ_PER_PAGE } = request.query
    const [catalogue, unread, read] = await Promise.all([
      boardCatalogue(forum),
      before ? [] : unreadNotifications(database, id),
      readNotifications(database, id, before ?? Number.MAX_SAFE_INTEGER),
    ])
    const shown = read.slice(0, Math.min(limit, READ_PER_PAGE))
    linkNext(request, reply, 'before', read.length > shown.length ? String(shown.at(-1)?.id) : null)
    return {
      items: [
        ...grouped(catalogue, unread).map((line) => asJson(line, false)),
        ...grouped(catalogue, shown).map((line) => asJson(line, true)),
      ],
    }
  })

  const reading = { config: needs('write', 'read_notifications'), schema: { body: Read, response: { 204: nothing } } }
  api.post('/notifications/read', reading, async (request, reply) => {
    const { id: ids, up_to: upTo = Number.MAX_SAFE_INTEGER } = request.body
    await markRead(forum, memberOf(request).id, ids ? { ids } : { upTo })
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
