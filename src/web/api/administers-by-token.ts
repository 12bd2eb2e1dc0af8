import type { FastifyRequest } from 'fastify'
import { mayAdminister } from '../../forum/members/permissions.ts'
import { notAllowed } from '../../platform/problem.ts'
import { memberOf } from '../members/recognise-members.ts'

/**
 * Lets a request pass only when an admin's token makes it that is for moderation. Who made it has said their password then;
 * what gives somebody the account itself is on no route of the API.
 * @throws Problem 403.
 */
export async function administersByToken(request: FastifyRequest): Promise<void> {
  if (!mayAdminister(memberOf(request))) throw notAllowed()
}
