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
    /** The thread in the address, set by `seesThread`; null before that. */
    thread: Thread | null
  }
}

const Address = Type.Object({ id: Id })

export function lookUpThreads(app: App): void {
  app.decorateRequest('thread', null)
}

/**
 * A `preHandler` that finds the thread in the address. @throws Problem 404 when it does not exist or the reader may not
 * see it.
 */
export const seesThread = (forum: Forum) => async (request: FastifyRequest) => {
  await threadIn(forum, request)
}

/** The thread that `seesThread` has found. */
export function threadOf({ thread }: FastifyRequest): Thread {
  if (!thread) throw new Error('This route does not look up its thread')
  return thread
}

/** The thread in the address, for a form that comes back before `seesThread` has run. @throws Problem 404. */
export async function threadIn(forum: Forum, request: FastifyRequest): Promise<Thread> {
  request.thread ??= await findThread(forum, idIn(request), request.member)
  return request.thread
}

/** The id in the address, for functions that do not know their route and may run before validation. */
export function idIn({ params }: FastifyRequest): number {
  const address = Value.Convert(Address, params)
  if (!Value.Check(Address, address)) throw notFound()
  return address.id
}
