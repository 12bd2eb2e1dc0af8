import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { unsubscribePage } from '../../../views/digests/unsubscribe-page.ts'
import { resumeMails, stopMails } from '../../forum/digests/settings.ts'
import { levelByMail } from '../../forum/following/stop-thread.ts'
import type { Forum } from '../../forum/forum.ts'
import { readUnsubscribe, type UnsubscribeRequest } from '../../forum/members/unsubscribe-token.ts'
import { htmlPage } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { notFound } from '../../platform/problem.ts'
import { LEVELS, type Level, RHYTHMS } from '../../schema/enums.ts'

const params = Type.Object({ token: Type.String({ maxLength: 200 }) })
/**
 * The undo button sends `undo`: the former rhythm of the digests, or the former level of a thread. Mail programs send no
 * such field (RFC 8058).
 */
const Stopping = Type.Optional(Type.Object({ undo: Type.Optional(Type.Enum([...RHYTHMS, ...LEVELS])) }))
const response = { 200: htmlPage }
const LONGEST_ONE_CLICK = 4_096

/** The unsubscribe link at the end of mails. GET changes nothing, because mail scanners open links. */
export async function unsubscribeRoutes(app: App, forum: Forum): Promise<void> {
  const { database } = forum

  await app.register((here: App, _options: object, done: () => void) => {
    // Mail programs may send one-click as `multipart/form-data` (RFC 8058, 3.1). The body is always the same, so it is
    // not parsed.
    const sent = { parseAs: 'string', bodyLimit: LONGEST_ONE_CLICK } as const
    here.addContentTypeParser('multipart/form-data', sent, async () => ({}))

    here.get('/unsubscribe/:token', { schema: { params, response } }, async (request, reply) => {
      const { token } = request.params
      const stop = readUnsubscribe(forum, token)
      if (!stop) throw noSuchStop(request)
      return reply.html(
        unsubscribePage(request.page, { token, kind: stop.kind, state: 'asked', before: null, isWeekly: false }),
      )
    })

    const options = { schema: { params, body: Stopping, response }, config: { fromAnySite: true } }
    here.post('/unsubscribe/:token', options, async (request, reply) => {
      const { token } = request.params
      const stop = readUnsubscribe(forum, token)
      if (!stop) throw noSuchStop(request)
      const { kind } = stop
      const undo = request.body?.undo
      const before = undo ? await undoStop(stop, undo) : await carryOut(stop)
      if (!before) throw notFound(kind === 'thread' ? 'threads.not_found' : 'email.no_such_account')
      const state = undo ? 'undone' : 'stopped'
      const isWeekly = kind === 'digest' && before === 'weekly'
      return reply.html(unsubscribePage(request.page, { token, kind, state, before: undo ? null : before, isWeekly }))
    })
    done()
  })

  /** Unsubscribes. Answers the former rhythm or level; null when the member or thread no longer exists. */
  const carryOut = (stop: UnsubscribeRequest): Promise<string | null> =>
    stop.kind === 'thread'
      ? levelByMail(forum, stop.member, stop.thread, 'muted')
      : stopMails(database, stop.member, stop.kind)

  async function undoStop(stop: UnsubscribeRequest, before: Rhythm | Level): Promise<string | null> {
    if (stop.kind === 'thread') {
      // After a second press, `before` is already `muted`. Undoing it then sets `none`.
      const level = LEVELS.find((one) => one === before && one !== 'muted') ?? 'none'
      return levelByMail(forum, stop.member, stop.thread, level)
    }
    const rhythm = RHYTHMS.find((one) => one === before) ?? 'never'
    return (await resumeMails(database, stop.member, stop.kind, rhythm)) ? rhythm : null
  }
}

type Rhythm = (typeof RHYTHMS)[number]

const noSuchStop = ({ page }: FastifyRequest) =>
  notFound('email.no_such_stop', { path: '/settings/email', title: page.t('mails.settings_link') })
