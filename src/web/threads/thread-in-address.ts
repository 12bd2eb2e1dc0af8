import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { findThread } from '../../forum/discussion/find-thread.ts'
import type { Thread } from '../../forum/discussion/thread-queries.ts'
import type { Forum } from '../../forum/forum.ts'
import type { App } from '../../platform/http/app.ts'
import { notFound } from '../../platform/problem.ts'
import { Id } from '../shapes.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The thread in the address, once it is looked up and its asker may see it. */
    thread: Thread | null
  }
}

const Address = Type.Object({ id: Id })

export function lookUpThreads(app: App): void {
  app.decorateRequest('thread', null)
}

/** A `preHandler` that looks up the thread in the address. @throws Problem 404 where it is not there, or not for who asks. */
export const seesThread = (forum: Forum) => async (request: FastifyRequest) => {
  await threadIn(forum, request)
}

/** The thread that `seesThread` has looked up. */
export function threadOf({ thread }: FastifyRequest): Thread {
  if (!thread) throw new Error('This route does not look up its thread')
  return thread
}

/** The thread in the address, for a form that comes back before its route has looked it up. @throws Problem 404. */
export async function threadIn(forum: Forum, request: FastifyRequest): Promise<Thread> {
  request.thread ??= await findThread(forum, idIn(request), request.member)
  return request.thread
}

/** The id in an address, in a function that does not know its route, and may run before it has read the address. */
export function idIn({ params }: FastifyRequest): number {
  const address = Value.Convert(Address, params)
  if (!Value.Check(Address, address)) throw notFound()
  return address.id
}
