import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { dataPage, leftPage } from '../../../views/settings/data-page.ts'
import type { Forum } from '../../forum/forum.ts'
import { leaveForum } from '../../forum/members/leaving/leave.ts'
import type { Sessions } from '../../forum/members/sessions/lucia.ts'
import { RETENTION } from '../../forum/retention.ts'
import { LONGEST_PASSWORD } from '../../limits.ts'
import { htmlPage, seeOther } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { sentForm } from '../../platform/http/forms/sent-form.ts'
import type { Html } from '../../platform/text/html.ts'
import { asking, clearStorage, forgetSession, signedIn } from '../members/recognise-members.ts'

const Leave = Type.Object({
  password: Type.String({ maxLength: LONGEST_PASSWORD }),
  posts: Type.Enum(['keep', 'remove']),
})

/** All that is a member's: to take along, and to leave with. */
export function dataRoutes(app: App, forum: Forum, sessions: Sessions): void {
  const page = { schema: { response: { 200: htmlPage } }, preValidation: signedIn }
  app.get('/settings/data', page, async (request, reply) => reply.html(await shown(request, {})))

  const leaving = {
    schema: { body: Leave, response: { 303: seeOther } },
    preValidation: signedIn,
    config: { formAgain: shown },
  }
  app.post('/settings/data/leave', leaving, async (request, reply) => {
    const { password, posts } = request.body
    await leaveForum(forum, asking(request, password), posts)
    forgetSession(sessions, reply)
    clearStorage(reply)
    return reply.redirect('/settings/data/left', 303)
  })

  app.get('/settings/data/left', { schema: { response: { 200: htmlPage } } }, async (request, reply) =>
    reply.html(leftPage(request.page, RETENTION.formerMemberDays)),
  )

  async function shown(request: FastifyRequest, messages: Record<string, string>): Promise<Html> {
    return dataPage(request.page, {
      daysToComeBack: RETENTION.formerMemberDays,
      posts: sentForm(request).text('posts') || 'keep',
      messages,
    })
  }
}
