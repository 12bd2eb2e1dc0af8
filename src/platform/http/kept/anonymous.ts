import type { IncomingHttpHeaders } from 'node:http'
import type { FastifyReply, FastifyRequest } from 'fastify'

declare const nobody: unique symbol

/** A request that is surely nobody's: what it is answered may be shown to everybody. */
export type AnonymousRequest = FastifyRequest & { member: null; readonly [nobody]: true }

/**
 * Whether a request may be a member's, from its head alone. Any doubt is a yes: a cookie whose name or value only looks
 * like a session's, or credentials of any kind.
 */
export const mayBeMembers = ({ cookie, authorization }: IncomingHttpHeaders): boolean =>
  authorization !== undefined || (cookie !== undefined && /session/i.test(cookie))

/** Whether a request is surely nobody's, and its answer gives nobody a cookie: asked of everything that could say so. */
export function isAnonymous(
  request: FastifyRequest,
  reply: FastifyReply,
  sessionCookie: string,
): request is AnonymousRequest {
  const { member, session, cookies, headers } = request
  if (member !== null || session || cookies[sessionCookie] !== undefined) return false
  return !mayBeMembers(headers) && !reply.hasHeader('set-cookie')
}
