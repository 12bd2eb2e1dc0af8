import type { FastifyRequest } from 'fastify'
import type { Forum } from '../../forum/forum.ts'
import { sessionConfirmed } from '../../forum/members/queries.ts'
import { PASSWORD_NEEDED, Problem } from '../../platform/problem.ts'
import { asking, memberOf } from './recognise-members.ts'

/** Who has said their password so recently is not asked again. */
const FRESH_MILLISECONDS = 15 * 60_000

/** Whether it is still the member who sits there, as far as one can know: the password was said in this session of late. */
export async function isFresh({ database }: Forum, request: FastifyRequest): Promise<boolean> {
  const said = await sessionConfirmed(database, asking(request).sessionId)
  return said !== null && Date.now() - said.getTime() < FRESH_MILLISECONDS
}

/**
 * Lets a request pass only where the password was said of late. Whoever has to say it again goes on from there, with all that
 * was typed.
 * @throws Problem 401
 */
export const freshLogin = (forum: Forum) => async (request: FastifyRequest) => {
  memberOf(request)
  if (!(await isFresh(forum, request))) throw new Problem(401, PASSWORD_NEEDED)
}
