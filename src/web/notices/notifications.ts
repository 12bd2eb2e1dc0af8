import { Type } from 'typebox'
import { notificationsPage } from '../../../views/notices/notifications-page.ts'
import type { Forum } from '../../forum/forum.ts'
import { readNotificationsPage } from '../../forum/notices/notifications-page.ts'
import { htmlPage, seeOther } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { memberOf, signedIn } from '../members/recognise-members.ts'
import { Id } from '../shapes.ts'
import { ChosenNotifications, markChosenRead } from './mark-chosen-read.ts'

const List = Type.Object({ before: Type.Optional(Id) })
export function notificationRoutes(app: App, forum: Forum): void {
  const list = { schema: { querystring: List, response: { 200: htmlPage } }, preValidation: signedIn }
  app.get('/notifications', list, async (request, reply) => {
    const shown = await readNotificationsPage(forum, memberOf(request).id, request.query.before)
    return reply.html(notificationsPage(request.page, shown))
  })

  const reading = { schema: { body: ChosenNotifications, response: { 303: seeOther } }, preValidation: signedIn }
  app.post('/notifications/read', reading, async (request, reply) => {
    await markChosenRead(forum, memberOf(request).id, request.body)
    return reply.tell({ key: 'done.notifications_read', values: {} }).redirect('/notifications', 303)
  })
}
