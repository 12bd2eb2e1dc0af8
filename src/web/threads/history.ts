import { Type } from 'typebox'
import { historyPage } from '../../../views/threads/history-page.ts'
import { postHistory } from '../../forum/discussion/post-history.ts'
import { postWithWords } from '../../forum/discussion/post-in-thread.ts'
import type { Forum } from '../../forum/forum.ts'
import { maySeeVersions } from '../../forum/members/permissions.ts'
import { htmlPage } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { notFound } from '../../platform/problem.ts'
import { keptAt } from '../kept-at.ts'
import { Id } from '../shapes.ts'

const Version = Type.Integer({ minimum: 0, maximum: 2 ** 31 - 2 })
const History = {
  params: Type.Object({ id: Id }),
  querystring: Type.Object({ version: Type.Optional(Version), before: Type.Optional(Version) }),
  response: { 200: htmlPage },
}

/** The versions of a post, for those who may see them. */
export function historyRoutes(app: App, forum: Forum): void {
  const options = { schema: History, config: { sharedPage: true } }
  app.get('/posts/:id/history', options, async (request, reply) => {
    const { member, page, params, query } = request
    const post = await postWithWords(forum.database, params.id)
    if (!post || !maySeeVersions(member, post)) throw notFound('posts.not_found')
    const history = await postHistory(forum, post, member, query)
    // Marks may be missing because there was no time to compute them. Such a page is not kept.
    const isNewest = query.before === undefined && query.version === undefined
    if (isNewest && history.versions.every(({ compared }) => compared)) {
      request.keptAt = keptAt(`/posts/${post.id}/history`, `thread:${post.thread.id}`)
    }
    return reply.html(historyPage(page, history))
  })
}
