import { notFound } from '../../platform/problem.ts'
import type { Forum } from '../forum.ts'
import { type Actor, maySeeThread } from '../members/permissions.ts'
import { type Thread, threadById } from './thread-queries.ts'

/** A thread, for somebody who may see it. @throws Problem 404 where it is not there, or not for them. */
export async function findThread(
  { database }: Pick<Forum, 'database'>,
  id: number,
  asker: Actor | null,
): Promise<Thread> {
  const thread = await threadById(database, id)
  if (!thread || !maySeeThread(asker, thread)) throw notFound('threads.not_found')
  return thread
}

/** The same, and for who has started it even where it is out of sight. */
export async function findOwnThread(
  { database }: Pick<Forum, 'database'>,
  id: number,
  asker: Actor | null,
): Promise<Thread> {
  const thread = await threadById(database, id)
  const isOwn = thread !== null && thread.authorId === asker?.id
  if (!thread || !(isOwn || maySeeThread(asker, thread))) throw notFound('threads.not_found')
  return thread
}
