import type { FastifyRequest } from 'fastify'
import type { Moderator } from '../../forum/discussion/steps.ts'
import { mayModerate } from '../../forum/members/permissions.ts'
import { notAllowed } from '../../platform/problem.ts'
import { memberOf } from '../members/recognise-members.ts'
import { sentReason } from '../threads/sent-reason.ts'

/** Lets a request pass only when a moderator makes it. @throws Problem 401 or 403 */
export async function moderates(request: FastifyRequest): Promise<void> {
  if (!mayModerate(memberOf(request))) throw notAllowed()
}

/** The same for the page of invitations, which members look for too: the 403 says who may. @throws Problem 401 or 403 */
export async function moderatesInvitations(request: FastifyRequest): Promise<void> {
  if (!mayModerate(memberOf(request))) throw notAllowed('registration.moderators_invite')
}

/** The moderator, and the reason that they sent. @throws Problem 422 when it is too long. */
export const moderatorOf = (request: FastifyRequest): Moderator => ({
  by: memberOf(request).id,
  reason: sentReason(request),
})
