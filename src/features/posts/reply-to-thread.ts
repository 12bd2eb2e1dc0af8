import { sql } from 'drizzle-orm'
import type { Role } from '../../../views/page.ts'
import type { ThreadAddress } from '../../paths.ts'
import { isUniqueViolation } from '../../platform/database/database.ts'
import type { Forum } from '../../platform/forum.ts'
import { invalidField, notAllowed, notFound } from '../../platform/http/errors.ts'
import type { Language } from '../../platform/i18n/languages.ts'
import { announcement } from '../../platform/live/change.ts'
import { HTML_VERSION } from '../../platform/markdown/markdown.ts'
import { mayModerate, mayReply, maySeeThread } from '../moderation/permissions.ts'
import { threadTakesReply } from '../threads/activity.ts'
import { threadById } from '../threads/queries.ts'
import { postOfRequest } from './queries.ts'
import { renderBody } from './render-body.ts'
import { requestKey } from './request-key.ts'

export interface Reply {
  thread: number
  author: { id: number; role: Role; language: Language }
  body: string
  /** The number of the post it answers. */
  replyTo?: number | undefined
  /** Chosen by whoever sends it, so that sending it again makes no second post. */
  requestId?: string | undefined
}

export interface PlacedPost {
  id: number
  number: number
  thread: ThreadAddress
}

const EVENT = sql`jsonb_build_object('type', 'post', 'thread', thread_id, 'number', number, 'boards', board_ids)`

/**
 * Adds a reply to a thread, counts it, moves the thread up in its boards and announces it, all in one statement.
 * The same request again answers the post that it made the first time.
 * @throws Problem 404 for a thread that does not exist, 403 for a locked one, 422 for a body that cannot be shown.
 */
export async function replyToThread(forum: Forum, reply: Reply): Promise<PlacedPost> {
  const { database, bus } = forum
  const { author, replyTo } = reply
  const thread = await threadById(database, reply.thread)
  if (!thread || !maySeeThread(author, thread)) throw notFound('threads.not_found')
  if (!mayReply(author, thread)) throw notAllowed('threads.locked')
  if (replyTo !== undefined && replyTo > thread.lastNumber) throw invalidField('reply_to', 'posts.no_such_number')
  const body = reply.body.trimEnd()
  const rendered = await renderBody(forum, { body, language: author.language, thread })
  const key = requestKey(reply.requestId, thread.id, replyTo, body)

  try {
    const { rows } = await database.execute<{ id: number; number: number; boards: string[] }>(sql`
      with ${threadTakesReply(thread.id, { id: author.id, mayModerate: mayModerate(author) })},
      written as (
        insert into posts (thread_id, number, author_id, body, body_html, html_version, excerpt, language, reply_to, created_at, request_key)
        select id, last_number, ${author.id}, ${body}, ${rendered.html}, ${HTML_VERSION}, ${rendered.excerpt},
               ${author.language}, ${replyTo ?? null}, last_post_at, ${key}
        from taken
        returning id, thread_id, number
      )
      select written.id, number, board_ids as boards, ${announcement(bus, EVENT)}
      from written join taken on taken.id = written.thread_id`)
    const [written] = rows
    // Between reading the thread and writing to it, a moderator has locked or removed it.
    if (!written) throw notAllowed('threads.locked')
    const { id, number } = written
    bus.tellHere({ type: 'post', thread: thread.id, number, boards: written.boards.map(Number) })
    return { id, number, thread }
  } catch (error) {
    // People click twice, and slow connections send twice: the first one has made the post.
    if (!key || !isUniqueViolation(error, 'posts_request_key')) throw error
    return postOfRequest(database, author.id, key)
  }
}
