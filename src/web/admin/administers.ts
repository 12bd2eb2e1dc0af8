import type { FastifyRequest } from 'fastify'
import type { Forum } from '../../forum/forum.ts'
import { mayAdminister } from '../../forum/members/permissions.ts'
import { notAllowed } from '../../platform/problem.ts'
import { freshLogin } from '../members/fresh-login.ts'
import { memberOf } from '../members/recognise-members.ts'

/** Lets a request pass only when an admin makes it who gave their password recently. @throws Problem 401 or 403 */
export function administers(forum: Forum) {
  const isFresh = freshLogin(forum)
  return async (request: FastifyRequest): Promise<void> => {
    if (!mayAdminister(memberOf(request))) throw notAllowed()
    await isFresh(request)
  }
}
