import type { Static } from 'typebox'
import { boardCatalogue } from '../../forum/boards/catalogue.ts'
import { findThread } from '../../forum/discussion/find-thread.ts'
import { openReaders } from '../../forum/following/reader-of-thread.ts'
import { threadLines } from '../../forum/following/thread-lines.ts'
import { listedThreads } from '../../forum/following/thread-lists.ts'
import type { Forum } from '../../forum/forum.ts'
import { mayModerate, mayReply } from '../../forum/members/permissions.ts'
import { notFound } from '../../platform/problem.ts'
import type { RequestMember } from '../pages.ts'
import { threadAsJson } from './as-json.ts'
import type { ThreadAlone } from './shapes.ts'

/** Reads a thread as its page shows it. @throws Problem 404 when it does not exist or this reader may not see it. */
export function openThreadAlone(forum: Forum) {
  const { database } = forum
  const readerOf = openReaders(database)
  return async (id: number, reader: RequestMember | null): Promise<Static<typeof ThreadAlone>> => {
    const [catalogue, thread, listed, reading] = await Promise.all([
      boardCatalogue(forum),
      findThread(forum, id, reader),
      listedThreads(database, [id], reader),
      reader && readerOf({ thread: id, page: 1, member: reader.id }),
    ])
    const [line] = threadLines(catalogue, listed)
    if (!line) throw notFound('threads.not_found')
    return {
      ...threadAsJson(line),
      removed: thread.removedAt !== null,
      level: reading?.level ?? 'none',
      may: { reply: mayReply(reader, thread), moderate: mayModerate(reader) },
    }
  }
}

export type ReadThreadAlone = ReturnType<typeof openThreadAlone>
