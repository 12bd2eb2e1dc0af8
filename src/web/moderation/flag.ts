import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { flagPage } from '../../../views/moderation/flag-page.ts'
import type { FieldMessages } from '../../../views/page.ts'
import type { Forum } from '../../forum/forum.ts'
import { flaggablePost, flagPost } from '../../forum/moderation/flag-post.ts'
import { LONGEST_REASON } from '../../limits.ts'
import { htmlPage, seeOther } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { sentForm } from '../../platform/http/forms/sent-form.ts'
import type { Html } from '../../platform/text/html.ts'
import { FLAG_REASONS } from '../../schema/enums.ts'
import { memberOf, signedIn } from '../members/recognise-members.ts'
import { Id } from '../shapes.ts'
import { backToPost } from '../threads/back-to-post.ts'
import { idIn } from '../threads/thread-in-address.ts'

const params = Type.Object({ id: Id })
export const Flag = Type.Object({
  reason: Type.Enum([...FLAG_REASONS]),
  note: Type.Optional(Type.String({ maxLength: LONGEST_REASON })),
})

/** Flags: a member reports a post to the moderators. */
export function flagRoutes(app: App, forum: Forum): void {
  const shown = { schema: { params, response: { 200: htmlPage } }, preValidation: signedIn }
  app.get('/posts/:id/flag', shown, async (request, reply) => reply.html(await form(request, {})))

  const options = {
    schema: { params, body: Flag, response: { 303: seeOther } },
    preValidation: signedIn,
    config: { formAgain: form },
  }
  app.post('/posts/:id/flag', options, async (request, reply) => {
    const { reason, note = '' } = request.body
    const flag = { post: request.params.id, member: memberOf(request), reason, note: note.trim() }
    return backToPost(reply, await flagPost(forum, flag), 'done.flagged')
  })

  async function form(request: FastifyRequest, messages: FieldMessages): Promise<Html> {
    const { thread, ...post } = await flaggablePost(forum, idIn(request), memberOf(request))
    const sent = sentForm(request)
    return flagPage(request.page, {
      post,
      thread,
      reason: sent.text('reason'),
      note: sent.text('note'),
      messages,
    })
  }
}
