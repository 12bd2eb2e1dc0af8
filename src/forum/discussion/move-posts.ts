import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'
import { inTransaction } from '../../platform/database/in-transaction.ts'
import { conflict, invalidField, invalidFields, notFound } from '../../platform/problem.ts'
import { threads } from '../../schema/threads.ts'
import { boardCatalogue, boardsOf } from '../boards/catalogue.ts'
import { lockBoards } from '../boards/count-thread.ts'
import { type Announce, memberEvent, postEvent, threadEvent } from '../events.ts'
import type { Forum } from '../forum.ts'
import { runSteps } from '../step.ts'
import { heatOf, heatOfOnePost } from './activity.ts'
import { listInBoards, unlistFromBoards } from './list-in-boards.ts'
import { activityOf } from './move-thread.ts'
import { settleThread } from './settle-thread.ts'
import { slugOf } from './slug.ts'
import type { Moderator, MovedPosts } from './steps.ts'
import { giveNumbers, type Leaving, leavingPosts, movePlaces } from './take-places.ts'
import { threadById } from './thread-queries.ts'
import { cleanTitle, titleProblem } from './title.ts'

/** More would lock both threads too long. */
export const MOST_MOVED = 2_000

type Target = { thread: number } | { title: string }
type ThreadRow = typeof threads.$inferSelect

/** The new place of the first moved post. */
export interface MovedTo {
  thread: number
  number: number
}

/**
 * Moves posts to another thread, or to a new one in the same boards. They get new numbers in the order of time; a post
 * that comes back gets its old number. Old addresses redirect for ever. When no post is left, the first thread redirects
 * too.
 * @param numbers of posts of `from`; null for all.
 * @throws Problem 404 for an unknown thread, 422 for posts that cannot be moved, 409 when somebody else was faster.
 */
export async function movePosts(
  forum: Forum,
  from: number,
  numbers: readonly number[] | null,
  target: Target,
  moderator: Moderator,
): Promise<MovedTo> {
  const to = 'thread' in target ? await standingThread(forum, from, target.thread) : null
  const title = 'title' in target ? target.title : ''
  const problem = to === null ? titleProblem(cleanTitle(title, 'fr')) : null
  if (problem) throw invalidFields([problem])
  const catalogue = await boardCatalogue(forum)
  return inTransaction(forum, async (transaction, announce) => {
    // Locks posts, then threads, then boards, each in id order like every verb, so that two cannot deadlock.
    let leaving = await leavingPosts(transaction, from, numbers, MOST_MOVED)
    const rows = await lockThreads(transaction, [from, ...(to === null ? [] : [to])])
    const left = rows.get(from)
    if (!left || left.mergedInto !== null) throw notFound('threads.not_found')
    // Posts that were written before the thread was locked come along.
    if (numbers === null) leaving = await leavingPosts(transaction, from, numbers, MOST_MOVED)
    const isAll = await mayLeave(transaction, left, leaving)
    const joined = to === null ? await newThread(transaction, left, leaving, title) : rows.get(to)
    if (!joined || joined.removedAt !== null) throw invalidField('to', 'moderation.no_such_thread')
    await lockBoards(transaction, [...left.boardIds, ...joined.boardIds])
    const before = to === null ? 0 : joined.lastNumber
    const moved = await giveNumbers(transaction, leaving, joined, before)
    await movePlaces(transaction, from, joined, moved)
    await countMoved(transaction, left, joined, moved, before)
    const happening: MovedPosts = {
      ...{ from: { id: from, author: left.authorId }, to: { id: joined.id, before }, merged: isAll, ...moderator },
      posts: moved.map(({ id, authorId, number, newNumber }) => ({ id, authorId, from: number, to: newNumber })),
    }
    if (to === null) await listInBoards(transaction, joined.id, boardsOf(catalogue, joined), activityOf(joined.id))
    await runSteps(forum.steps.postsMoved, transaction, happening)
    if (isAll) {
      if (left.removedAt === null) await unlistFromBoards(transaction, from, boardsOf(catalogue, left))
      await leadTo(transaction, from, joined.id)
      await runSteps(forum.steps.threadChanged, transaction, { kind: 'merged', thread: from })
    } else {
      await settleThread(forum, transaction, announce, catalogue, from)
    }
    await settleThread(forum, transaction, announce, catalogue, joined.id)
    await tell(announce, left, joined, happening)
    const [first] = moved
    if (!first) throw new Error('Nothing was moved')
    return { thread: joined.id, number: first.newNumber }
  })
}

/** The id of the thread that now has the posts: another one after a merge. */
async function standingThread({ database }: Forum, from: number, id: number): Promise<number> {
  const found = await threadById(database, id)
  const thread = found?.mergedInto ? await threadById(database, found.mergedInto) : found
  if (!thread || thread.removedAt !== null) throw invalidField('to', 'moderation.no_such_thread')
  if (thread.id === from) throw invalidField('to', 'moderation.same_thread')
  return thread.id
}

async function lockThreads(transaction: Transaction, ids: readonly number[]): Promise<Map<number, ThreadRow>> {
  const rows = await transaction
    .select()
    .from(threads)
    .where(inArray(threads.id, [...ids]))
    .orderBy(asc(threads.id))
    .for('no key update')
  return new Map(rows.map((row) => [row.id, row]))
}

/**
 * Whether all posts leave. @throws Problem 422 when the first post would leave without the others, 409 when some are
 * gone.
 */
async function mayLeave(transaction: Transaction, left: ThreadRow, leaving: readonly Leaving[]): Promise<boolean> {
  const ids = leaving.map(({ id }) => id)
  const [first] = leaving
  if (!first) throw conflict('moderation.posts_gone')
  const { rows } = await transaction.execute(sql`
    select from posts where thread_id = ${left.id} and not (id = any (${sql.param(ids)}::bigint[])) limit 1`)
  const isAll = rows.length === 0
  if (!isAll && leaving.some(({ number }) => number === 1)) throw invalidField('numbers', 'moderation.first_stays')
  return isAll
}

/** Makes the new thread, in the same boards. Its author is the author of its first post. */
async function newThread(
  transaction: Transaction,
  left: ThreadRow,
  leaving: readonly Leaving[],
  typed: string,
): Promise<ThreadRow> {
  const first = leaving.find(({ deletedAt }) => deletedAt === null)
  if (!first) throw invalidField('numbers', 'moderation.none_stands')
  const title = cleanTitle(typed, first.language)
  const [made] = await transaction
    .insert(threads)
    .values({
      ...{ title, slug: slugOf(title), authorId: first.authorId, lastAuthorId: first.authorId },
      ...{ language: first.language, boardIds: left.boardIds, lastNumber: 0 },
      createdAt: first.createdAt,
      lastPostAt: first.createdAt,
      heat: heatOfOnePost(sql`${first.createdAt.toISOString()}::timestamptz`),
    })
    .returning()
  if (!made) throw new Error('An insert answered no row')
  return made
}

type Numbered = Leaving & { newNumber: number }

/** Corrects the counts of both threads. First posts and hidden posts are no replies. */
async function countMoved(
  transaction: Transaction,
  left: ThreadRow,
  joined: ThreadRow,
  moved: readonly Numbered[],
  before: number,
): Promise<void> {
  const standing = moved.filter(({ deletedAt }) => deletedAt === null)
  const lost = standing.filter(({ number }) => number > 1).length
  const won = standing.filter(({ newNumber }) => newNumber > 1).length
  const isNew = before === 0
  const heat = standing
    .slice(isNew ? 1 : 0)
    .reduce((sum, { createdAt }) => heatOf(sum, createdAt.getTime()), joined.heat)
  await transaction
    .update(threads)
    .set({ replyCount: sql`${threads.replyCount} - ${lost}::int`, changeNumber: sql`${threads.changeNumber} + 1` })
    .where(eq(threads.id, left.id))
  const ids = sql`${sql.param(standing.map(({ id }) => id))}::bigint[]`
  await transaction
    .update(threads)
    .set({
      replyCount: sql`${threads.replyCount} + ${won}::int`,
      lastNumber: Math.max(before, ...moved.map(({ newNumber }) => newNumber)),
      lastPostAt: sql`greatest(${threads.lastPostAt}, (select max(created_at) from posts where id = any (${ids})))`,
      heat,
    })
    .where(eq(threads.id, joined.id))
  if (isNew) return
  for (const places of ['thread_boards', 'crossing_threads']) {
    await transaction.execute(sql`
      update ${sql.identifier(places)} set active_at = (select last_post_at from threads where id = ${joined.id})
      where thread_id = ${joined.id}`)
  }
}

/** Lets the empty thread redirect to the other, with all that redirected to it. */
async function leadTo(transaction: Transaction, from: number, to: number): Promise<void> {
  await transaction
    .update(threads)
    .set({ mergedInto: to, emptied: false, removedAt: sql`coalesce(${threads.removedAt}, now())` })
    .where(eq(threads.id, from))
  await transaction
    .update(threads)
    .set({ mergedInto: to })
    .where(and(eq(threads.mergedInto, from)))
}

async function tell(
  announce: Announce,
  left: ThreadRow,
  joined: ThreadRow,
  { posts: moved, merged, to, by }: MovedPosts,
): Promise<void> {
  await announce(threadEvent('left', left.id, left.boardIds))
  if (merged) await announce(threadEvent('removed', left.id, left.boardIds))
  const last = Math.max(...moved.map((post) => post.to))
  if (last > to.before) await announce(postEvent('post', joined.id, last, joined.boardIds))
  for (const post of moved) {
    if (post.to <= to.before) await announce(postEvent('restored', joined.id, post.to, joined.boardIds))
  }
  const authors = new Set([left.authorId, ...moved.map(({ authorId }) => authorId)])
  for (const author of authors) if (author !== by) await announce(memberEvent('notified', author))
}
