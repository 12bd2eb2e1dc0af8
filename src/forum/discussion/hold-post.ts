import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'
import { inTransaction } from '../../platform/database/in-transaction.ts'
import { notAllowed } from '../../platform/problem.ts'
import { HTML_VERSION } from '../../platform/text/markdown/markdown.ts'
import type { CaseReason } from '../../schema/enums.ts'
import { posts } from '../../schema/posts.ts'
import { threads } from '../../schema/threads.ts'
import { type Announce, heldEvent, memberEvent } from '../events.ts'
import type { Forum } from '../forum.ts'
import { type Actor, isWaiting } from '../members/permissions.ts'
import { mustStillWrite } from '../members/still-writes.ts'
import { runSteps } from '../step.ts'
import { isStillAt, type PostInThread } from './post-in-thread.ts'
import type { PlacedPost } from './reply-to-thread.ts'
import type { Judge, Moderator, Publishing } from './steps.ts'
import type { Thread } from './thread-queries.ts'

/** Why a new post must wait for a moderator; empty when it need not. */
export const whyItWaits = (forum: Forum, publishing: Publishing): Promise<CaseReason[]> =>
  judged(forum, forum.steps.holds, publishing)

async function judged(forum: Forum, judges: readonly Judge[], publishing: Publishing): Promise<CaseReason[]> {
  const reasons: CaseReason[] = []
  for (const judge of judges) reasons.push(...(await judge(forum, publishing)))
  return reasons
}

/**
 * Opens a case about a post that was just published, if a check asks for it. Runs after the commit, because posts that
 * are sent at the same moment do not see each other before. If it fails, the post stays.
 */
export async function checkPublished(forum: Forum, post: { id: number }, publishing: Publishing): Promise<void> {
  const { author } = publishing
  try {
    const reasons = await judged(forum, forum.steps.checks, { ...publishing, id: post.id })
    if (reasons.length === 0) return
    await inTransaction(forum, (transaction, announce) =>
      runSteps(forum.steps.postToCheck, transaction, { id: post.id, author: author.id, reasons, announce }),
    )
  } catch (error) {
    forum.log.error({ err: error }, 'not checked')
  }
}

interface HeldReply {
  thread: Thread
  author: Actor
  body: string
  html: string
  excerpt: string
  language: string
  replyTo: number | undefined
  calledCount: number
  key: string | null
  reasons: readonly CaseReason[]
}

/**
 * Writes a held reply, which only its author and moderators see. It takes its number at once, so that it later appears
 * in its place. Until it is approved, it moves, counts and notifies nothing.
 * @throws Problem 403 when the thread takes no replies any more.
 */
export async function holdReply(forum: Forum, reply: HeldReply): Promise<PlacedPost> {
  const { thread, author, body, html, excerpt, language, replyTo, calledCount, key, reasons } = reply
  return inTransaction(forum, async (transaction, announce) => {
    await mustStillWrite(transaction, author.id)
    const [taken] = await transaction
      .update(threads)
      // Counts as a change, so that counts of unread posts leave it out like a deleted post.
      .set({ lastNumber: sql`${threads.lastNumber} + 1`, changeNumber: sql`${threads.changeNumber} + 1` })
      .where(and(eq(threads.id, thread.id), isNull(threads.removedAt), isNull(threads.lockedAt)))
      .returning({ number: threads.lastNumber, changeNumber: threads.changeNumber })
    if (!taken) throw notAllowed('threads.locked')
    const { number, changeNumber } = taken
    const [post] = await transaction
      .insert(posts)
      .values({
        ...{
          threadId: thread.id,
          number,
          changeNumber,
          authorId: author.id,
          replyTo: replyTo ?? null,
          requestKey: key,
          calledCount,
        },
        ...{ body, bodyHtml: html, htmlVersion: HTML_VERSION, excerpt, language },
        deletedAt: sql`now()`,
        heldAt: sql`now()`,
      })
      .returning({ id: posts.id })
    if (!post) throw new Error('An insert answered no row')
    await runSteps(forum.steps.postHeld, transaction, { id: post.id, author: author.id, reasons, announce })
    await announce(heldEvent(thread.id, number))
    return { id: post.id, number, thread, held: true }
  })
}

/**
 * Ends the waiting of a held post: its author withdraws it, or a moderator refuses it. Nobody else learns of it. Answers
 * false when it no longer waited.
 */
export async function takeHeldAway(
  forum: Forum,
  transaction: Transaction,
  announce: Announce,
  post: PostInThread,
  moderator: Moderator,
): Promise<boolean> {
  const taken = await transaction
    .update(posts)
    .set({ deletedAt: sql`now()`, deletedBy: moderator.by, deletedReason: moderator.reason })
    .where(and(eq(posts.id, post.id), isStillAt(post), isNotNull(posts.heldAt), isNull(posts.deletedBy)))
    .returning({ id: posts.id })
  if (taken.length === 0) return false
  const isOwn = moderator.by === post.authorId
  const change = isOwn ? { kind: 'withdrawn' as const, post } : { kind: 'refused' as const, post, ...moderator }
  await runSteps(forum.steps.postChanged, transaction, change)
  await announce(heldEvent(post.thread.id, post.number))
  if (!isOwn) await announce(memberEvent('notified', post.authorId))
  return true
}

/** An author restores a held post that they had withdrawn, so it waits again. Doing so twice has no further effect. */
export async function waitAgain(forum: Forum, post: PostInThread): Promise<PostInThread> {
  if (isWaiting(post)) return post
  await inTransaction(forum, async (transaction, announce) => {
    const waiting = await transaction
      .update(posts)
      .set({ deletedBy: null })
      .where(and(eq(posts.id, post.id), isNotNull(posts.heldAt), eq(posts.deletedBy, post.authorId)))
      .returning({ id: posts.id })
    if (waiting.length === 0) return
    await runSteps(forum.steps.postHeld, transaction, { id: post.id, author: post.authorId, reasons: [], announce })
    await announce(heldEvent(post.thread.id, post.number))
  })
  return post
}
