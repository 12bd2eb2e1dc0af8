import type { IncomingHttpHeaders } from 'node:http'
import type { FastifyReply, FastifyRequest } from 'fastify'

declare const anonymous: unique symbol

/** A request without any sign of who sends it: its answer may be shown to everybody. */
export type AnonymousRequest = FastifyRequest & { readonly [anonymous]: true }

/** Whether the application knows who makes a request, or that somebody is signed in. */
export type IsSignedIn = (request: FastifyRequest) => boolean

/**
 * Whether somebody who is signed in may have sent a request, from its head alone. Any doubt is a yes: a cookie whose name
 * or value only looks like a session's, or credentials of any kind.
 */
export const maySayWho = ({ cookie, authorization }: IncomingHttpHeaders): boolean =>
  authorization !== undefined || (cookie !== undefined && /session/i.test(cookie))

/** Whether a request has no sign of who sends it, and its answer sets no cookie. */
export const isAnonymous = (
  request: FastifyRequest,
  reply: FastifyReply,
  isSignedIn: IsSignedIn,
): request is AnonymousRequest => !isSignedIn(request) && !maySayWho(request.headers) && !reply.hasHeader('set-cookie')
