import type { FastifyReply } from 'fastify'
import type { Told } from '../../../views/parts/told.ts'
import { postPath, type ThreadAddress } from '../../paths.ts'

/** Leads to a post that something was done with, where the page says what. */
export const backToPost = (
  reply: FastifyReply,
  { thread, number }: { thread: ThreadAddress; number: number },
  key: Told['key'],
): FastifyReply => reply.tell({ key, values: { number } }).redirect(postPath(thread, number), 303)
