import { Type } from 'typebox'
import { notificationsPage } from '../../../views/notices/notifications-page.ts'
import { boardCatalogue } from '../../forum/boards/catalogue.ts'
import type { Forum } from '../../forum/forum.ts'
import { addressOfMember } from '../../forum/members/email-addresses.ts'
import { grouped } from '../../forum/notices/grouped.ts'
import { markRead } from '../../forum/notices/mark-read.ts'
import { READ_PER_PAGE, readNotifications, unreadNotifications } from '../../forum/notices/queries.ts'
import { htmlPage, seeOther } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { memberOf, signedIn } from '../members/recognise-members.ts'
import { Id } from '../shapes.ts'

const List = Type.Object({ before: Type.Optional(Id) })
const Read = Type.Object({
  id: Type.Optional(Type.Array(Id, { maxItems: 200 })),
  /** The newest that was shown: what has come since stays unread. */
  up_to: Type.Optional(Id),
})

export function notificationRoutes(app: App, forum: Forum): void {
  const { database } = forum

  const list = { schema: { querystring: List, response: { 200: htmlPage } }, preValidation: signedIn }
  app.get('/notifications', list, async (request, reply) => {
    const { id } = memberOf(request)
    const { before } = request.query
    const [catalogue, address, unread, read] = await Promise.all([
      boardCatalogue(forum),
      addressOfMember(database, id),
      before ? [] : unreadNotifications(database, id),
      readNotifications(database, id, before ?? Number.MAX_SAFE_INTEGER),
    ])
    const shown = read.slice(0, READ_PER_PAGE)
    return reply.html(
      notificationsPage(request.page, {
        unread: grouped(catalogue, unread),
        read: grouped(catalogue, shown),
        paused: Boolean(address?.pausedAt),
        next: read.length > shown.length ? String(shown.at(-1)?.id ?? '') : null,
      }),
    )
  })

  const reading = { schema: { body: Read, response: { 303: seeOther } }, preValidation: signedIn }
  app.post('/notifications/read', reading, async (request, reply) => {
    const { id: ids, up_to: upTo } = request.body
    const chosen = ids ? { ids } : { upTo: upTo ?? Number.MAX_SAFE_INTEGER }
    await markRead(forum, memberOf(request).id, chosen)
    return reply.tell({ key: 'done.notifications_read', values: {} }).redirect('/notifications', 303)
  })
}
