import { invitationsPage } from '../../../views/moderation/invitations-page.ts'
import type { Forum } from '../../forum/forum.ts'
import { invitationsBy } from '../../forum/members/invitations.ts'
import { invite } from '../../forum/moderation/invite.ts'
import { htmlPage } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { memberOf } from '../members/recognise-members.ts'
import { moderatesInvitations } from './moderates.ts'

/** Invitations: links with which one person each registers, where the forum requires them. */
export function invitationRoutes(app: App, forum: Forum): void {
  const options = { schema: { response: { 200: htmlPage } }, preValidation: moderatesInvitations }
  app.get('/invitations', options, async (request, reply) => {
    const invitations = await invitationsBy(forum.database, memberOf(request).id)
    return reply.html(invitationsPage(request.page, { made: null, invitations }))
  })
  app.post('/invitations', options, async (request, reply) => {
    const { id } = memberOf(request)
    const code = await invite(forum, id)
    const made = `${request.page.origin ?? ''}/register?invitation=${code}`
    return reply.html(invitationsPage(request.page, { made, invitations: await invitationsBy(forum.database, id) }))
  })
}
