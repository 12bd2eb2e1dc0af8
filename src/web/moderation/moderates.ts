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

/** The same for what members look for because they have heard of it. @throws Problem 401, or 403 that says who may */
export async function moderatesInvitations(request: FastifyRequest): Promise<void> {
  if (!mayModerate(memberOf(request))) throw notAllowed('registration.moderators_invite')
}

/** Who acts, and the reason that they have sent. @throws Problem 422 when it is too long. */
export const moderatorOf = (request: FastifyRequest): Moderator => ({
  by: memberOf(request).id,
  reason: sentReason(request),
})
