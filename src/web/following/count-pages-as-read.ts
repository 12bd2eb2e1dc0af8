import type { FastifyReply, FastifyRequest } from 'fastify'
import { readUpTo } from '../../forum/following/read-up-to.ts'
import type { Forum } from '../../forum/forum.ts'
import { markPlaceSeen, type SeenPlace } from '../../forum/notices/mark-read.ts'

/**
 * Counts a shown page of a thread as read up to its last number, in browsers without scripts. A script that runs sets a
 * session cookie and says itself how far the member has read.
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

/** Counts a board or crossing as seen when a member is shown its list. */
export function countAsSeen(forum: Forum, { member }: FastifyRequest, reply: FastifyReply, place: SeenPlace): void {
  if (member) reply.afterSent(() => markPlaceSeen(forum, member.id, place))
}
