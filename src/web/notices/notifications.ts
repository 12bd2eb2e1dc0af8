import { Type } from 'typebox'
import { notificationsPage } from '../../../views/notices/notifications-page.ts'
import type { Forum } from '../../forum/forum.ts'
import { markAccountRead } from '../../forum/notices/account-notifications.ts'
import { type Chosen, markRead } from '../../forum/notices/mark-read.ts'
import { readNotificationsPage } from '../../forum/notices/notifications-page.ts'
import { htmlPage, seeOther } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { memberOf, signedIn } from '../members/recognise-members.ts'
import { Id } from '../shapes.ts'

const List = Type.Object({ before: Type.Optional(Id) })
const Read = Type.Object({
  id: Type.Optional(Type.Array(Id, { maxItems: 200 })),
  /** The newest that was shown: what has come since stays unread. */
  up_to: Type.Optional(Id),
  /** The same of what concerns the account. */
  account_id: Type.Optional(Type.Array(Id, { maxItems: 200 })),
  account_up_to: Type.Optional(Id),
})

export function notificationRoutes(app: App, forum: Forum): void {
  const list = { schema: { querystring: List, response: { 200: htmlPage } }, preValidation: signedIn }
  app.get('/notifications', list, async (request, reply) => {
    const shown = await readNotificationsPage(forum, memberOf(request).id, request.query.before)
    return reply.html(notificationsPage(request.page, shown))
  })

  const reading = { schema: { body: Read, response: { 303: seeOther } }, preValidation: signedIn }
  app.post('/notifications/read', reading, async (request, reply) => {
    const { id: memberId } = memberOf(request)
    const { id, up_to: upTo, account_id: accountId, account_up_to: accountUpTo } = request.body
    // Without any field: all of it.
    const isAll = [id, upTo, accountId, accountUpTo].every((field) => field === undefined)
    const chosen = which(id, isAll ? Number.MAX_SAFE_INTEGER : upTo)
    const ofAccount = which(accountId, isAll ? Number.MAX_SAFE_INTEGER : accountUpTo)
    if (chosen) await markRead(forum, memberId, chosen)
    if (ofAccount) await markAccountRead(forum, memberId, ofAccount)
    return reply.tell({ key: 'done.notifications_read', values: {} }).redirect('/notifications', 303)
  })
}

function which(ids: number[] | undefined, upTo: number | undefined): Chosen | null {
  if (ids) return { ids }
  return upTo === undefined ? null : { upTo }
}
