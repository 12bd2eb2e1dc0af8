import { Type } from 'typebox'
import { threadsPage } from '../../../views/threads/threads-page.ts'
import { boardCatalogue } from '../../forum/boards/catalogue.ts'
import { CURSOR_PATTERN, olderPage, readCursor } from '../../forum/discussion/cursor.ts'
import { followedThreads, latestThreads, unreadThreads } from '../../forum/following/latest-threads.ts'
import { threadLines } from '../../forum/following/thread-lines.ts'
import type { Forum } from '../../forum/forum.ts'
import { htmlPage } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { keptAt } from '../kept-at.ts'
import { memberOf } from '../members/recognise-members.ts'

const Latest = Type.Object({
  before: Type.Optional(Type.String({ pattern: CURSOR_PATTERN })),
  sort: Type.Optional(Type.Enum(['active', 'new'])),
  show: Type.Optional(Type.Enum(['unread', 'followed'])),
})

/** The threads of the whole forum; for members also those with something unread, and those that they follow. */
export function latestThreadRoutes(app: App, forum: Forum): void {
  const { database } = forum

  const options = { config: { sharedPage: true }, schema: { querystring: Latest, response: { 200: htmlPage } } }
  app.get('/threads', options, async (request, reply) => {
    const { sort: order = 'active', show } = request.query
    const before = readCursor(request.query.before)
    // A page further back is asked for too seldom to be kept.
    if (!show && !request.query.before)
      request.keptAt = keptAt(order === 'new' ? '/threads?sort=new' : '/threads', 'threads')
    const reader = show ? memberOf(request) : request.member
    const [catalogue, threads] = await Promise.all([
      boardCatalogue(forum),
      show === 'unread'
        ? unreadThreads(database, before, memberOf(request))
        : show === 'followed'
          ? followedThreads(database, before, memberOf(request))
          : latestThreads(database, order, before, reader),
    ])
    const shown = {
      threads: threadLines(catalogue, threads.rows),
      older: olderPage(request.query.before),
      next: threads.next,
    }
    return reply.html(threadsPage(request.page, { ...shown, list: show ?? order }))
  })
}
