import type { FastifyReply, FastifyRequest } from 'fastify'
import { wantsJson } from '../wants-json.ts'

/**
 * Answers a form that made or changed something: a browser goes there (Post/Redirect/Get), a script is told where it
 * is, with whatever else it asked for.
 */
export function sendPlace(request: FastifyRequest, reply: FastifyReply, path: string, more: object = {}): FastifyReply {
  if (!wantsJson(request)) return reply.redirect(path, 303)
  return reply
    .code(201)
    .header('location', path)
    .send({ location: path, ...more })
}
