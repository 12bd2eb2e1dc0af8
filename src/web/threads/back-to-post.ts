import type { FastifyReply } from 'fastify'
import type { Told } from '../../../views/parts/told.ts'
import { postPath, type ThreadAddress } from '../../paths.ts'

/** Redirects to a post after an act, with a message. */
export const backToPost = (
  reply: FastifyReply,
  { thread, number }: { thread: ThreadAddress; number: number },
  key: Told['key'],
): FastifyReply => reply.tell({ key, values: { number } }).redirect(postPath(thread, number), 303)
