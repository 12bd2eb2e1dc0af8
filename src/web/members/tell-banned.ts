import type { FastifyReply, FastifyRequest } from 'fastify'
import { bannedPage } from '../../../views/members/banned-page.ts'
import type { Forum } from '../../forum/forum.ts'
import { Banned } from '../../forum/members/log-in.ts'
import { letAppeal } from '../moderation/appeal.ts'

/** For `catch`: answers the `Banned` error, and throws every other one again. */
export function asBanned(error: unknown): Banned {
  if (error instanceof Banned) return error
  throw error
}

/** Tells a banned member, who has given the right password, why they are banned, and lets them appeal. */
export function tellBanned(forum: Forum, request: FastifyRequest, reply: FastifyReply, banned: Banned): FastifyReply {
  letAppeal(forum, reply, banned.memberId)
  return reply.code(403).html(bannedPage(request.page, banned))
}
