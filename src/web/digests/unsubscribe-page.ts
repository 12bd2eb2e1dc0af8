import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { unsubscribePage } from '../../../views/digests/unsubscribe-page.ts'
import { resumeMails, stopMails } from '../../forum/digests/settings.ts'
import type { Forum } from '../../forum/forum.ts'
import { readUnsubscribe } from '../../forum/members/unsubscribe-token.ts'
import { htmlPage } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { notFound } from '../../platform/problem.ts'
import { RHYTHMS } from '../../schema/enums.ts'

const params = Type.Object({ token: Type.String({ maxLength: 200 }) })
/** The button to undo it sends `undo`: the rhythm that digests had. Mail programs send nothing of ours (RFC 8058). */
const Stopping = Type.Optional(Type.Object({ undo: Type.Optional(Type.Enum([...RHYTHMS])) }))
const response = { 200: htmlPage }
const LONGEST_ONE_CLICK = 4_096

/** The link at the end of mails. Opening it changes nothing, because scanners of mail do too. */
export async function unsubscribeRoutes(app: App, forum: Forum): Promise<void> {
  const { database } = forum

  await app.register((here: App, _options: object, done: () => void) => {
    // One click may also be sent as `multipart/form-data` (RFC 8058, 3.1); what it says is always the same.
    const sent = { parseAs: 'string', bodyLimit: LONGEST_ONE_CLICK } as const
    here.addContentTypeParser('multipart/form-data', sent, async () => ({}))

    here.get('/unsubscribe/:token', { schema: { params, response } }, async (request, reply) => {
      const { token } = request.params
      const stop = readUnsubscribe(forum, token)
      if (!stop) throw noSuchStop(request)
      return reply.html(unsubscribePage(request.page, { token, kind: stop.kind, state: 'asked', rhythm: null }))
    })

    const options = { schema: { params, body: Stopping, response }, config: { fromAnySite: true } }
    here.post('/unsubscribe/:token', options, async (request, reply) => {
      const { token } = request.params
      const stop = readUnsubscribe(forum, token)
      if (!stop) throw noSuchStop(request)
      const { member, kind } = stop
      const undo = request.body?.undo
      if (undo) {
        if (!(await resumeMails(database, member, kind, undo))) throw notFound('email.no_such_account')
        return reply.html(unsubscribePage(request.page, { token, kind, state: 'undone', rhythm: null }))
      }
      const rhythm = await stopMails(database, member, kind)
      if (!rhythm) throw notFound('email.no_such_account')
      return reply.html(unsubscribePage(request.page, { token, kind, state: 'stopped', rhythm }))
    })
    done()
  })
}

const noSuchStop = ({ page }: FastifyRequest) =>
  notFound('email.no_such_stop', { path: '/settings/email', title: page.t('mails.settings_link') })
