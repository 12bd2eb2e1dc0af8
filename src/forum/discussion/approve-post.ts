import { and, eq, isNotNull, isNull, type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'
import { inTransaction } from '../../platform/database/in-transaction.ts'
import { executeWith } from '../../platform/database/statement.ts'
import { conflict, notFound } from '../../platform/problem.ts'
import { posts } from '../../schema/posts.ts'
import { threads } from '../../schema/threads.ts'
import { boardCatalogue, type Catalogue } from '../boards/catalogue.ts'
import { type Announce, memberEvent } from '../events.ts'
import type { Forum } from '../forum.ts'
import { runSteps } from '../step.ts'
import { heatOfOnePost, heatWithOneMore } from './activity.ts'
import { announceChange } from './announce-change.ts'
import { isStillAt, type PostInThread, type PostWithWords, postWithWords } from './post-in-thread.ts'
import { renderBody } from './render-body.ts'
import { settleThread } from './settle-thread.ts'
import type { Moderator } from './steps.ts'

/** A held post with the members whom it mentions, ready to be approved. */
export interface ApprovedPost {
  post: PostWithWords
  mentioned: readonly number[]
  catalogue: Catalogue
}

/** Reads what the approval needs, before its transaction. @throws Problem 404 */
export async function readyToApprove(forum: Forum, id: number): Promise<ApprovedPost> {
  const post = await postWithWords(forum.database, id)
  if (!post) throw notFound('posts.not_found')
  const source = { body: post.body, language: post.language, guess: false, thread: post.thread }
  const { mentioned } = await renderBody(forum, source)
  return { post, mentioned, catalogue: await boardCatalogue(forum) }
}

/**
 * Approves a held post outside a case. Approving twice has no further effect.
 * @param version that the moderator has read, if known.
 * @throws Problem 409 when its author has edited or withdrawn it.
 */
export async function approvePost(
  forum: Forum,
  found: PostInThread,
  by: { id: number },
  { reason, version }: { reason: string | null; version?: number | undefined },
): Promise<PostInThread> {
  const ready = await readyToApprove(forum, found.id)
  const { post } = ready
  if (version !== undefined && version !== post.editCount) throw conflict('cases.edited_meanwhile')
  if (post.heldAt) {
    await inTransaction(forum, (transaction, announce) =>
      approveHeld(forum, transaction, announce, ready, { by: by.id, reason }),
    )
  }
  return found
}

/**
 * Publishes a held post in its place as if it were just written, so that everybody who is told of new posts is told of
 * it. A thread that was held with it enters its lists. Its count of edits goes on, so that a form opened before is still
 * outdated.
 * @throws Problem 409 when it is not the version that was read.
 */
export async function approveHeld(
  forum: Forum,
  transaction: Transaction,
  announce: Announce,
  { post, mentioned, catalogue }: ApprovedPost,
  moderator: Moderator,
): Promise<void> {
  const approved = await transaction
    .update(posts)
    .set({
      deletedAt: null,
      deletedBy: null,
      deletedReason: null,
      heldAt: null,
      calledCount: mentioned.length,
    })
    .where(
      and(
        eq(posts.id, post.id),
        isStillAt(post),
        isNotNull(posts.heldAt),
        isNull(posts.erasedAt),
        sql`${posts.deletedBy} is not distinct from ${post.deletedBy}`,
        eq(posts.editCount, post.editCount),
      ),
    )
    .returning({ id: posts.id })
  if (approved.length === 0) throw conflict('cases.edited_meanwhile')
  await runSteps(forum.steps.postChanged, transaction, { kind: 'approved', post, ...moderator })
  await moveThreadUp(transaction, post)
  await announceChange(transaction, announce, post, 'restored', 1)
  await transaction
    .update(posts)
    .set({ approvedChange: sql`${posts.changeNumber}` })
    .where(eq(posts.id, post.id))
  if (post.number > 1) await tellOfReply(forum, transaction, post, mentioned)
  await settleThread(forum, transaction, announce, catalogue, post.thread.id)
  if (post.number === 1) await tellOfThread(forum, transaction, post, mentioned)
  if (moderator.by !== post.authorId) await announce(memberEvent('notified', post.authorId))
}

/** Moves the thread up as a new post does. A thread that was held with the post starts now. */
async function moveThreadUp(transaction: Transaction, { id, number, thread }: PostWithWords): Promise<void> {
  const begins = number === 1 && thread.emptied
  await transaction
    .update(threads)
    .set({
      lastPostAt: sql`greatest(clock_timestamp(), ${threads.lastPostAt} + interval '1 microsecond')`,
      heat: begins
        ? heatOfOnePost(sql`clock_timestamp()`)
        : heatWithOneMore(sql`${threads.heat}`, sql`clock_timestamp()`),
      ...(begins ? { createdAt: sql`clock_timestamp()` } : {}),
    })
    .where(eq(threads.id, thread.id))
  const moment = sql`(select last_post_at from threads where id = ${thread.id})`
  await transaction.update(posts).set({ createdAt: moment }).where(eq(posts.id, id))
  for (const places of ['thread_boards', 'crossing_threads']) {
    await transaction.execute(sql`
      update ${sql.identifier(places)} set active_at = ${moment} where thread_id = ${thread.id}`)
  }
}

/** Runs the steps of a reply for the post; nothing in a thread that moderators have removed. */
async function tellOfReply(
  { steps }: Forum,
  transaction: Transaction,
  post: PostWithWords,
  mentioned: readonly number[],
): Promise<void> {
  const [row] = await transaction
    .select({ html: posts.bodyHtml, replyTo: posts.replyTo })
    .from(posts)
    .where(eq(posts.id, post.id))
  if (!row || steps.reply.length === 0) return
  const columns = {
    thread: sql`${post.thread.id}::bigint`,
    author: sql`${post.authorId}::bigint`,
    language: sql`${post.language}::text`,
    answered: sql`${row.replyTo}::int`,
    mentioned: sql`${`{${mentioned.join()}}`}::bigint[]`,
    written: sql`approved`,
    threadId: sql`approved.id`,
    postId: sql`(select post_id from approved)`,
    writtenAt: sql`approved.last_post_at`,
    number: sql`approved.last_number`,
    boardIds: sql`approved.board_ids`,
    isShown: sql`true`,
  }
  const parts: SQL[] = steps.reply.map((step) => sql`, ${sql.identifier(step.name)} as (${step.sql(columns)})`)
  const values = { html: row.html, language: post.language, thread: post.thread }
  await executeWith(
    transaction,
    sql`
      with approved as materialized (
        select threads.id, posts.id as post_id, posts.number as last_number, posts.created_at as last_post_at, threads.board_ids
        from posts join threads on threads.id = posts.thread_id
        where posts.id = ${post.id} and (threads.removed_at is null or threads.emptied)
      )
      ${sql.join(parts)}
      select 1`,
    Object.assign({}, ...steps.reply.map((step) => step.values?.(values))),
  )
}

async function tellOfThread(
  { steps }: Forum,
  transaction: Transaction,
  { thread, authorId }: PostWithWords,
  mentioned: readonly number[],
): Promise<void> {
  const [stands] = await transaction
    .select({ id: threads.id, boards: threads.boardIds })
    .from(threads)
    .where(and(eq(threads.id, thread.id), isNull(threads.removedAt)))
  if (!stands) return
  const { id, boards } = stands
  await runSteps(steps.threadStarted, transaction, { id, author: authorId, boards, mentioned })
}
