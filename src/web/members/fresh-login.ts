import type { FastifyRequest } from 'fastify'
import type { Forum } from '../../forum/forum.ts'
import { sessionConfirmed } from '../../forum/members/queries.ts'
import { PASSWORD_NEEDED, Problem } from '../../platform/problem.ts'
import { asking, memberOf } from './recognise-members.ts'

/** A member who gave their password more recently is not asked again. */
const FRESH_MILLISECONDS = 15 * 60_000

/** Whether the password was given in this session recently. Otherwise somebody else may sit at an open window. */
export async function isFresh({ database }: Forum, request: FastifyRequest): Promise<boolean> {
  const said = await sessionConfirmed(database, asking(request).sessionId)
  return said !== null && Date.now() - said.getTime() < FRESH_MILLISECONDS
}

/**
 * Lets a request pass only when the password was given recently. Otherwise asks for it, then continues with all that was
 * typed.
 * @throws Problem 401
 */
export const freshLogin = (forum: Forum) => async (request: FastifyRequest) => {
  memberOf(request)
  if (!(await isFresh(forum, request))) throw new Problem(401, PASSWORD_NEEDED)
}
