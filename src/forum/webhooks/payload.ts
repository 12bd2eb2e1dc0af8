import { postPath, threadPath } from '../../paths.ts'
import type { WebhookEvent } from '../../schema/enums.ts'
import { boardCatalogue, boardsOf } from '../boards/catalogue.ts'
import { postByNumber } from '../discussion/post-in-thread.ts'
import { threadById } from '../discussion/thread-queries.ts'
import type { Forum } from '../forum.ts'
import { mayFindPost, maySeeThread } from '../members/permissions.ts'

export interface ToldEvent {
  type: WebhookEvent
  threadId: number
  number: number
  happenedAt: Date
}

/**
 * The content of a message: what everybody may read on the forum at the moment of sending. A hidden post only has its
 * place, without title, text or name.
 */
export async function payloadOf(forum: Forum, { type, threadId, number, happenedAt }: ToldEvent): Promise<string> {
  const [catalogue, thread, post] = await Promise.all([
    boardCatalogue(forum),
    threadById(forum.database, threadId),
    postByNumber(forum.database, threadId, number),
  ])
  const { origin } = forum.config
  const message = (data: object) => JSON.stringify({ type, timestamp: happenedAt.toISOString(), data })
  if (!thread || !maySeeThread(null, thread)) return message({ thread: { id: threadId, removed: true } })
  const told = {
    id: thread.id,
    title: thread.title,
    language: thread.language,
    boards: boardsOf(catalogue, thread).map(({ slug }) => slug),
    url: origin + threadPath(thread),
  }
  if (type === 'thread.removed' || type === 'thread.restored') return message({ thread: told })
  const url = origin + postPath(thread, number)
  if (post?.deletedAt !== null || !mayFindPost(null, post)) {
    return message({ thread: told, post: { number, url, deleted: true } })
  }
  const { id, author, body, language, createdAt, editedAt } = post
  return message({
    thread: told,
    post: { id, number, url, author, body, language, created_at: createdAt, edited_at: editedAt },
  })
}
