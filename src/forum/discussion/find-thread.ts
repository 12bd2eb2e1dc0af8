import { notFound, Problem } from '../../platform/problem.ts'
import type { Forum } from '../forum.ts'
import { type Actor, maySeeThread } from '../members/permissions.ts'
import { firstNumberOf } from './post-queries.ts'
import { type Thread, threadById } from './thread-queries.ts'

/** A thread for a reader. @throws Problem 404 when it does not exist or they may not see it. */
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

/** 404: the thread was merged into another one, to which its addresses redirect. */
export class MergedAway extends Problem {
  readonly into: number

  constructor(into: number) {
    super(404, 'threads.not_found')
    this.into = into
  }
}

/**
 * The same; a member who wrote in it also gets a hidden thread.
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
