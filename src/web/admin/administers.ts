import type { FastifyRequest } from 'fastify'
import { mayAdminister } from '../../forum/members/permissions.ts'
import { notAllowed } from '../../platform/problem.ts'
import { memberOf } from '../members/recognise-members.ts'

/** Lets a request pass only when an admin makes it. @throws Problem 401 or 403 */
export async function administers(request: FastifyRequest): Promise<void> {
  if (!mayAdminister(memberOf(request))) throw notAllowed()
}
