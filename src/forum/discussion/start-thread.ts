import { eq, sql } from 'drizzle-orm'
import { isUniqueViolation, type Transaction } from '../../platform/database/database.ts'
import { inTransaction } from '../../platform/database/in-transaction.ts'
import { type FieldProblem, invalidFields, notAllowed } from '../../platform/problem.ts'
import { takeAttempt } from '../../platform/rate-limits/rate-limits.ts'
import type { Language } from '../../platform/text/i18n/languages.ts'
import { HTML_VERSION } from '../../platform/text/markdown/markdown.ts'
import type { CaseReason } from '../../schema/enums.ts'
import { members } from '../../schema/members.ts'
import { posts } from '../../schema/posts.ts'
import { threads } from '../../schema/threads.ts'
import type { Board } from '../boards/catalogue.ts'
import { type Announce, postEvent } from '../events.ts'
import type { Forum } from '../forum.ts'
import { type Actor, mayWrite, whyNotWrite } from '../members/permissions.ts'
import { mustStillWrite } from '../members/still-writes.ts'
import { runSteps } from '../step.ts'
import { heatOfOnePost } from './activity.ts'
import { chosenBoards } from './chosen-boards.ts'
import { checkPublished, whyItWaits } from './hold-post.ts'
import { listInBoards } from './list-in-boards.ts'
import { mayStartToday, mustKeepTo, type NewcomerLimits, newcomerLimits } from './newcomers.ts'
import { postOfRequest, postOfRequestIfMade } from './post-queries.ts'
import { type RenderedBody, renderBody } from './render-body.ts'
import type { PlacedPost } from './reply-to-thread.ts'
import { requestKey } from './request-key.ts'
import { slugOf } from './slug.ts'
import { writing } from './text-owner.ts'
import { cleanTitle, titleProblem } from './title.ts'

const NEW_THREADS = { action: 'start-thread', most: 10, seconds: 3_600 }

export interface NewThread {
  author: Actor & { language: Language }
  title: string
  body: string
  /** Slugs of its boards. */
  boards: string[]
  /** Chosen by the sender, so that sending again makes no second thread. */
  requestId?: string | undefined
}

/**
 * Starts a thread with its first post. While the post is held, the thread is in no list. The same request again answers
 * the first thread.
 * @throws Problem 403 for a silenced member; 422 naming each invalid field; 429 for starting too many.
 */
export async function startThread(forum: Forum, thread: NewThread): Promise<PlacedPost> {
  const { author } = thread
  if (!mayWrite(author)) throw notAllowed(whyNotWrite(author))
  await takeAttempt(forum, NEW_THREADS, String(author.id))
  const limits = await newcomerLimits(forum, author, 'body')
  const typed = cleanTitle(thread.title, author.language)
  const { boards, problem } = await chosenBoards(forum, thread.boards)
  const problems = [titleProblem(typed), problem, emptyProblem(thread.body)].filter((one) => one !== null)
  if (problems.length > 0) throw invalidFields(problems)
  const body = thread.body.trimEnd()
  const source = { body, language: author.language, guess: true, thread: null }
  const rendered = await renderBody(forum, source, writing(forum, author.id))
  mustKeepTo(limits, rendered)
  // The body gives the language, because a title is too short to guess it.
  const title = cleanTitle(thread.title, rendered.language)
  const key = requestKey(thread.requestId, title, body, ...boards.map(({ slug }) => slug))

  const { html, excerpt } = rendered
  const publishing = { author, title, body, html, excerpt, isNewcomer: limits !== null }

  try {
    const reasons = await whyItWaits(forum, publishing)
    const written = { title, body, boards, rendered, key, reasons, author: author.id }
    const [post, isNew] = await inTransaction(forum, async (transaction, announce) => {
      // Before `mustStillWrite`, which shares the member's row: two transactions that share it and then want it alone
      // would deadlock.
      const made = limits && (await madeToday(transaction, author.id, key, limits))
      if (made) return [made, false]
      await mustStillWrite(transaction, author.id)
      return [await writeThread(forum, transaction, announce, written), true]
    })
    if (isNew && !post.held) await checkPublished(forum, post, publishing)
    return post
  } catch (error) {
    if (!key || !isUniqueViolation(error, 'posts_request_key')) throw error
    return postOfRequest(forum.database, author.id, key)
  }
}

interface WrittenThread {
  title: string
  body: string
  boards: readonly Board[]
  rendered: RenderedBody
  key: string | null
  /** Why it is held; empty when it is not. */
  reasons: readonly CaseReason[]
  author: number
}

/** Writes the thread and its first post, in its boards; a held one in none. */
async function writeThread(
  forum: Forum,
  transaction: Transaction,
  announce: Announce,
  { title, body, boards, rendered, key, reasons, author }: WrittenThread,
): Promise<PlacedPost> {
  const held = reasons.length > 0
  const boardIds = boards.map(({ id }) => id)
  const [thread] = await transaction
    .insert(threads)
    .values({
      title,
      slug: slugOf(title),
      authorId: author,
      lastAuthorId: author,
      language: rendered.language,
      boardIds,
      heat: heatOfOnePost(sql`now()`),
      ...(held ? { removedAt: sql`now()`, emptied: true } : {}),
    })
    .returning({ id: threads.id, slug: threads.slug })
  if (!thread) throw new Error('An insert answered no row')
  const [post] = await transaction
    .insert(posts)
    .values({
      threadId: thread.id,
      number: 1,
      authorId: author,
      body,
      bodyHtml: rendered.html,
      htmlVersion: HTML_VERSION,
      excerpt: rendered.excerpt,
      language: rendered.language,
      requestKey: key,
      calledCount: rendered.mentioned.length,
      ...(held ? { deletedAt: sql`now()`, heldAt: sql`now()` } : {}),
    })
    .returning({ id: posts.id })
  if (!post) throw new Error('An insert answered no row')
  if (held) {
    await runSteps(forum.steps.postHeld, transaction, { id: post.id, author, reasons, announce })
  } else {
    await listInBoards(transaction, thread.id, boards, sql`now()`)
    const happening = { id: thread.id, author, boards: boardIds, mentioned: rendered.mentioned }
    await runSteps(forum.steps.threadStarted, transaction, happening)
    await announce(postEvent('post', thread.id, 1, boardIds))
  }
  return { id: post.id, number: 1, thread, held }
}

/** What a resent form of a newcomer has already made. @throws Problem 422 above the newcomer's limit. */
async function madeToday(transaction: Transaction, author: number, key: string | null, limits: NewcomerLimits) {
  // Locks the member, so that of two forms at once the second counts the first.
  await transaction.select({ id: members.id }).from(members).where(eq(members.id, author)).for('no key update')
  const made = key === null ? null : await postOfRequestIfMade(transaction, author, key)
  if (!made) await mayStartToday(transaction, author, limits)
  return made
}

const emptyProblem = (body: string): FieldProblem | null =>
  body.trim() ? null : { field: 'body', key: 'errors.empty' }
