import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { ThreadAddress } from '../../paths.ts'
import { isUniqueViolation } from '../../platform/database/database.ts'
import { statement } from '../../platform/database/statement.ts'
import { announcement } from '../../platform/live/bus.ts'
import { invalidField, notAllowed, notFound } from '../../platform/problem.ts'
import { takeAttempt } from '../../platform/rate-limits/rate-limits.ts'
import type { Language } from '../../platform/text/i18n/languages.ts'
import { HTML_VERSION } from '../../platform/text/markdown/markdown.ts'
import { postEvent, replyEvent } from '../events.ts'
import type { Forum } from '../forum.ts'
import { type Actor, mayModerate, mayReply, maySeeThread, mayWrite, whyNotWrite } from '../members/permissions.ts'
import { mustStillWrite } from '../members/still-writes.ts'
import { missedPlaces, moveUp, threadTakesReply } from './activity.ts'
import { checkPublished, holdReply, whyItWaits } from './hold-post.ts'
import { movedPlace } from './moved-posts.ts'
import { mustKeepTo, newcomerLimits } from './newcomers.ts'
import { postOfRequest } from './post-queries.ts'
import { renderBody } from './render-body.ts'
import { requestKey } from './request-key.ts'
import type { ReplyColumns, ReplyStep, ReplyWords } from './steps.ts'
import { writing } from './text-owner.ts'
import { threadById } from './thread-queries.ts'

const REPLIES = { action: 'reply', most: 30, seconds: 300 }

export interface Reply {
  thread: number
  author: Actor & { language: Language }
  body: string
  /** The number of the answered post. */
  replyTo?: number | undefined
  /** Chosen by the sender, so that sending again makes no second post. */
  requestId?: string | undefined
}

export interface PlacedPost {
  id: number
  number: number
  thread: ThreadAddress
  /** Whether it waits for a moderator. */
  held: boolean
}

const value = {
  thread: sql`${sql.placeholder('thread')}::bigint`,
  author: sql`${sql.placeholder('author')}::bigint`,
  mayModerate: sql`${sql.placeholder('mayModerate')}::boolean`,
  language: sql`${sql.placeholder('language')}::text`,
  answered: sql`${sql.placeholder('answered')}::int`,
  mentioned: sql`${sql.placeholder('mentioned')}::bigint[]`,
}

const columns: ReplyColumns = {
  ...value,
  written: sql`taken`,
  threadId: sql`taken.id`,
  postId: sql`(select id from written)`,
  isShown: sql`(select deleted_at is null from written)`,
  writtenAt: sql`taken.last_post_at`,
  number: sql`taken.last_number`,
  boardIds: sql`taken.board_ids`,
}

const addReplyWith = (steps: readonly ReplyStep[]) =>
  statement<{ id: number; number: number; boards: number[]; missed: boolean }>(sql`
      with ${threadTakesReply(value.thread, { id: value.author, mayModerate: value.mayModerate })},
      written as (
        insert into posts (thread_id, number, author_id, body, body_html, html_version, excerpt, language, reply_to, created_at, request_key, called_count)
        select id, last_number, ${value.author}, ${sql.placeholder('body')}, ${sql.placeholder('html')}, ${sql.raw(String(HTML_VERSION))},
               ${sql.placeholder('excerpt')}, ${value.language}, ${value.answered}, last_post_at, ${sql.placeholder('requestKey')}::uuid, cardinality(${value.mentioned})
        from taken
        returning id, thread_id, number, deleted_at
      )
      ${sql.join(steps.map((step) => sql`, ${sql.identifier(step.name)} as (${step.sql(columns)})`))}
      select written.id, number, board_ids as boards, ${missedPlaces} as missed, ${announcement(
        replyEvent(sql`thread_id`, sql`number`, sql`board_ids`),
        sql.placeholder('announcement'),
      )}
      from written join taken on taken.id = written.thread_id`)

const statements = new WeakMap<readonly ReplyStep[], ReturnType<typeof addReplyWith>>()

/** The values that the steps of a reply need. */
const valuesOf = (steps: readonly ReplyStep[], reply: ReplyWords): Record<string, unknown> =>
  Object.assign({}, ...steps.map((step) => step.values?.(reply)))

/** The statement of a reply with its steps, prepared once for each list of steps. */
function addReply({ steps }: Forum): ReturnType<typeof addReplyWith> {
  const written = statements.get(steps.reply) ?? addReplyWith(steps.reply)
  statements.set(steps.reply, written)
  return written
}

/**
 * Adds a reply to a thread in one statement: counts it, moves the thread up in its boards, runs `forum.steps.reply` and
 * announces it; or holds it for moderators. The same request again answers the first post.
 * @throws Problem 404 for an unknown thread, 403 for a locked one, 422 for a text that cannot be shown, 429 for replying
 * too often.
 */
export async function replyToThread(forum: Forum, reply: Reply): Promise<PlacedPost> {
  const { database, bus } = forum
  const { author, replyTo } = reply
  // Both at once, because every reply needs both and neither needs the other.
  const [thread, limits] = await Promise.all([
    threadById(database, reply.thread),
    newcomerLimits(forum, author, 'body'),
    takeAttempt(forum, REPLIES, String(author.id)),
  ])
  if (thread?.mergedInto) return replyToThread(forum, await whereItIsNow(forum, reply, thread.mergedInto))
  if (!thread || !maySeeThread(author, thread)) throw notFound('threads.not_found')
  if (!mayWrite(author)) throw notAllowed(whyNotWrite(author))
  if (!mayReply(author, thread)) throw notAllowed('threads.locked')
  if (replyTo !== undefined && replyTo > thread.lastNumber) throw invalidField('reply_to', 'posts.no_such_number')
  const body = reply.body.trimEnd()
  const source = { body, language: author.language, guess: true, thread }
  const { html, excerpt, mentioned, language } = await renderBody(forum, source, writing(forum, author.id))
  mustKeepTo(limits, { html, mentioned })
  const announced = randomUUID()
  const key = requestKey(reply.requestId, thread.id, replyTo, body)

  try {
    const publishing = { author, title: null, body, html, excerpt, isNewcomer: limits !== null }
    const reasons = await whyItWaits(forum, publishing)
    if (reasons.length > 0) {
      const rendered = { html, excerpt, language, calledCount: mentioned.length }
      return await holdReply(forum, { thread, author, body, replyTo, key, reasons, ...rendered })
    }
    const [written] = await addReply(forum)(database, {
      thread: thread.id,
      author: author.id,
      mayModerate: mayModerate(author),
      body,
      html,
      excerpt,
      language,
      answered: replyTo ?? null,
      mentioned,
      requestKey: key,
      announcement: bus.inDatabase ? announced : null,
      ...valuesOf(forum.steps.reply, { html, language, thread }),
    })
    // After the thread was read, a moderator locked or removed it, or banned the author.
    if (!written) {
      await database.transaction((transaction) => mustStillWrite(transaction, author.id))
      throw notAllowed('threads.locked')
    }
    const { number, boards, missed } = written
    // The reply is saved. If moving the thread up fails, only its place is wrong.
    if (missed) {
      await moveUp(forum, thread.id).catch((error: unknown) => forum.log.error({ err: error }, 'not moved up'))
    }
    await bus.announce(postEvent('post', thread.id, number, boards), announced)
    await checkPublished(forum, written, publishing)
    return { id: written.id, number, thread, held: false }
  } catch (error) {
    // A double click or a slow connection sent the form twice. The first one has made the post.
    if (!key || !isUniqueViolation(error, 'posts_request_key')) throw error
    return postOfRequest(database, author.id, key)
  }
}

/** The same reply for the thread that now has the posts, so that a reply to a merged thread is not lost. */
async function whereItIsNow({ database }: Forum, reply: Reply, into: number): Promise<Reply> {
  const { thread, replyTo } = reply
  const answered = replyTo === undefined ? null : await movedPlace(database, thread, replyTo)
  return { ...reply, thread: into, replyTo: answered?.thread === into ? answered.number : undefined }
}
