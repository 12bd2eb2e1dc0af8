import { Type } from 'typebox'
import { previewBody } from '../../forum/discussion/preview-body.ts'
import { threadById } from '../../forum/discussion/thread-queries.ts'
import type { Forum } from '../../forum/forum.ts'
import { maySeeThread } from '../../forum/members/permissions.ts'
import { htmlPage } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { notFound } from '../../platform/problem.ts'
import { memberOf, signedIn } from '../members/recognise-members.ts'
import { Body, Id } from '../shapes.ts'

const Preview = Type.Object({
  body: Body,
  /** The thread that it is to stand in, for links to its posts. */
  thread: Type.Optional(Id),
})

/** What a body would look like as a post, as a piece of HTML, for a page that shows it beside what is being typed. */
export function previewRoutes(app: App, forum: Forum): void {
  app.post(
    '/preview',
    { schema: { body: Preview, response: { 200: htmlPage } }, preValidation: signedIn },
    async (request, reply) => {
      const { body, thread: id } = request.body
      const member = memberOf(request)
      const thread = id === undefined ? null : await threadById(forum.database, id)
      if (thread === null ? id !== undefined : !maySeeThread(member, thread)) throw notFound('threads.not_found')
      return reply.html(await previewBody(forum, member.id, { body, language: request.page.language, thread }))
    },
  )
}
