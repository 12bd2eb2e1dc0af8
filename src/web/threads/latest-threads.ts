import { Type } from 'typebox'
import { threadsPage } from '../../../views/threads/threads-page.ts'
import { CURSOR_PATTERN } from '../../forum/discussion/cursor.ts'
import { type AskedThreads, readThreadsPage } from '../../forum/following/threads-page.ts'
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

/** All threads of the forum; for members also the unread ones and those that they follow. */
export function latestThreadRoutes(app: App, forum: Forum): void {
  const options = { config: { sharedPage: true }, schema: { querystring: Latest, response: { 200: htmlPage } } }
  app.get('/threads', options, async (request, reply) => {
    const { sort: order = 'active', show, before } = request.query
    // Later pages are requested too rarely to keep.
    if (!show && !before) request.keptAt = keptAt(order === 'new' ? '/threads?sort=new' : '/threads', 'threads')
    const asked: AskedThreads = show
      ? { list: show, reader: memberOf(request) }
      : { list: order, reader: request.member }
    return reply.html(threadsPage(request.page, await readThreadsPage(forum, asked, before)))
  })
}
