import { Type } from 'typebox'
import { unsubscribePage } from '../../../views/digests/unsubscribe-page.ts'
import type { Forum } from '../../platform/forum.ts'
import type { App } from '../../platform/http/app.ts'
import { notFound } from '../../platform/http/errors.ts'
import { stopMails } from './settings.ts'
import { readUnsubscribe } from './unsubscribe.ts'

const params = Type.Object({ token: Type.String({ maxLength: 200 }) })
/** Mail programs send `List-Unsubscribe=One-Click` (RFC 8058); the button to undo it sends `undo`. */
const Stopping = Type.Optional(Type.Object({ undo: Type.Optional(Type.String()) }))

/** The link at the end of mails. Opening it changes nothing, because scanners of mail do too. */
export function unsubscribeRoutes(app: App, forum: Forum): void {
  app.get('/unsubscribe/:token', { schema: { params } }, async (request, reply) => {
    const { token } = request.params
    const stop = readUnsubscribe(forum, token)
    if (!stop) throw notFound('email.no_such_link')
    return reply.html(unsubscribePage(request.page, { token, kind: stop.kind, state: 'asked' }))
  })

  const options = { schema: { params, body: Stopping }, config: { fromAnySite: true } }
  app.post('/unsubscribe/:token', options, async (request, reply) => {
    const { token } = request.params
    const stop = readUnsubscribe(forum, token)
    if (!stop) throw notFound('email.no_such_link')
    const undo = request.body?.undo !== undefined
    await stopMails(forum.database, stop.member, stop.kind, !undo)
    return reply.html(unsubscribePage(request.page, { token, kind: stop.kind, state: undo ? 'undone' : 'stopped' }))
  })
}
