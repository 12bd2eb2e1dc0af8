import type { FastifyRequest } from 'fastify'
import { mayModerate } from '../../forum/members/permissions.ts'
import { notAllowed } from '../../platform/problem.ts'
import { memberOf } from '../members/recognise-members.ts'

/** Lets a request pass only when a moderator makes it. @throws Problem 401 or 403 */
export async function moderates(request: FastifyRequest): Promise<void> {
  if (!mayModerate(memberOf(request))) throw notAllowed()
}
