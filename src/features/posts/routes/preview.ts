import { Type } from 'typebox'
import type { Forum } from '../../../platform/forum.ts'
import type { App } from '../../../platform/http/app.ts'
import { notFound } from '../../../platform/http/errors.ts'
import { Body, Id } from '../../../platform/http/shapes.ts'
import { memberOf, signedIn } from '../../accounts/sessions/on-requests.ts'
import { maySeeThread } from '../../moderation/permissions.ts'
import { threadById } from '../../threads/queries.ts'
import { previewBody } from '../preview-body.ts'

const Preview = Type.Object({
  body: Body,
  /** The thread that it is to stand in, for links to its posts. */
  thread: Type.Optional(Id),
})

/** What a body would look like as a post, as a piece of HTML, for a page that shows it beside what is being typed. */
export function previewRoutes(app: App, forum: Forum): void {
  app.post('/preview', { schema: { body: Preview }, preValidation: signedIn }, async (request, reply) => {
    const { body, thread: id } = request.body
    const member = memberOf(request)
    const thread = id === undefined ? null : await threadById(forum.database, id)
    if (thread === null ? id !== undefined : !maySeeThread(member, thread)) throw notFound('threads.not_found')
    return reply.html(await previewBody(forum, member.id, { body, language: request.page.language, thread }))
  })
}
