import { notFound, Problem } from '../../platform/problem.ts'
import type { Forum } from '../forum.ts'
import { type Actor, maySeeThread } from '../members/permissions.ts'
import { firstNumberOf } from './post-queries.ts'
import { type Thread, threadById } from './thread-queries.ts'

/** A thread, for somebody who may see it. @throws Problem 404 where it is not there, or not for them. */
export async function findThread(
  { database }: Pick<Forum, 'database'>,
  id: number,
  asker: Actor | null,
): Promise<Thread> {
  const thread = await threadById(database, id)
  if (thread?.mergedInto) throw new MergedAway(thread.mergedInto)
  if (!thread || !maySeeThread(asker, thread)) throw notFound('threads.not_found')
  return thread
}

/** 404: the posts of a thread are in another one now, to which its addresses lead. */
export class MergedAway extends Problem {
  readonly into: number

  constructor(into: number) {
    super(404, 'threads.not_found')
    this.into = into
  }
}

/**
 * The same, and for who has written in it, even when it is out of sight.
 * @throws Problem 404 for everybody else.
 */
export async function findOwnThread(forum: Pick<Forum, 'database'>, id: number, asker: Actor | null): Promise<Thread> {
  const thread = await threadById(forum.database, id)
  if (thread?.mergedInto) throw new MergedAway(thread.mergedInto)
  if (!thread) throw notFound('threads.not_found')
  if (maySeeThread(asker, thread)) return thread
  const own = asker && thread.removedAt ? await firstNumberOf(forum.database, id, asker.id) : null
  if (own === null) throw notFound('threads.not_found')
  return thread
}
