import type { FastifyRequest } from 'fastify'
import { mayAdminister } from '../../forum/members/permissions.ts'
import { notAllowed } from '../../platform/problem.ts'
import { memberOf } from '../members/recognise-members.ts'

/**
 * Lets a request pass only with an admin's token. Each route also needs the scope `moderate`. The admin gave their
 * password when they made the token. No route of the API gives access to an account itself.
 * @throws Problem 403.
 */
export async function administersByToken(request: FastifyRequest): Promise<void> {
  if (!mayAdminister(memberOf(request))) throw notAllowed()
}
