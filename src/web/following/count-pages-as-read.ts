import type { FastifyReply, FastifyRequest } from 'fastify'
import { readUpTo } from '../../forum/following/read-up-to.ts'
import type { Forum } from '../../forum/forum.ts'
import { markPlaceSeen, type SeenPlace } from '../../forum/notices/mark-read.ts'

/**
 * Where no script tells how far a member has come, the page of a thread that they are shown counts as read up to its last
 * number. A script that runs says so in a cookie of the browser's session.
 */
export function countAsRead(
  forum: Forum,
  { member, cookies }: FastifyRequest,
  reply: FastifyReply,
  { thread, upTo }: { thread: number; upTo: number },
): void {
  if (!member || cookies.script === 'on') return
  reply.afterSent(() => readUpTo(forum, member.id, thread, upTo))
}

/** A member who is shown the list of a board or crossing has seen what was new in it. */
export function countAsSeen(forum: Forum, { member }: FastifyRequest, reply: FastifyReply, place: SeenPlace): void {
  if (member) reply.afterSent(() => markPlaceSeen(forum, member.id, place))
}
