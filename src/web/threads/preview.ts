import { Type } from 'typebox'
import { findThread } from '../../forum/discussion/find-thread.ts'
import { previewBody } from '../../forum/discussion/preview-body.ts'
import type { Forum } from '../../forum/forum.ts'
import { htmlPage } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { memberOf, signedIn } from '../members/recognise-members.ts'
import { Body, ChosenLanguage, Id } from '../shapes.ts'

const Preview = Type.Object({
  body: Body,
  /** The thread of the post, for links to its other posts. */
  thread: Type.Optional(Id),
  language: ChosenLanguage,
})

/** A body rendered as a post, as a fragment of HTML for the page in which somebody types it. */
export function previewRoutes(app: App, forum: Forum): void {
  const schema = { body: Preview, response: { 200: htmlPage } }
  const options = { schema, preValidation: signedIn, config: { countsItself: true } }
  app.post('/preview', options, async (request, reply) => {
    const { body, thread: id, language: chosen } = request.body
    const member = memberOf(request)
    const thread = id === undefined ? null : await findThread(forum, id, member)
    const told = chosen ? { language: chosen } : { language: request.page.language, guess: true }
    const source = { body, ...told, thread }
    const { html, language } = await previewBody(forum, member.id, source)
    return reply.header('content-language', language).html(html)
  })
}
