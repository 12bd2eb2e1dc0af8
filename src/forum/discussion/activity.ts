import { eq, type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'
import { inTransaction } from '../../platform/database/in-transaction.ts'
import { crossingThreads, threadBoards, threads } from '../../schema/threads.ts'
import { threadEvent } from '../events.ts'
import type { Forum } from '../forum.ts'
import { heldWriter } from '../members/still-writes.ts'

/** After two days a post counts half as much in how lively its thread is. */
const HALF_LIFE_SECONDS = 2 * 86_400
const TAU = HALF_LIFE_SECONDS / Math.LN2

/** What one post of this moment adds, on the logarithmic scale of `threads.heat`. */
export const heatOfOnePost = (moment: SQL): SQL => sql`(extract(epoch from ${moment}) / ${sql.raw(String(TAU))})`

/**
 * `heat` is the logarithm of the sum of e^(t/τ) over a thread's posts: the order of threads by their posts, each
 * fading with time, that needs no recounting as time goes by. PostgreSQL refuses to round e^-800 to nothing.
 */
export const heatWithOneMore = (heat: SQL, moment: SQL): SQL =>
  sql`${heatOfOnePost(moment)} + ln(1 + exp(greatest(${heat} - ${heatOfOnePost(moment)}, -500)))`

/** The same for one more post in a program that counts a thread through: `at` is in milliseconds since 1970. */
export function heatOf(heat: number, at: number): number {
  const one = at / 1_000 / TAU
  return one + Math.log1p(Math.exp(heat - one))
}

/**
 * The part of a reply's statement that belongs to its thread: as `taken`, the thread with the number that the reply
 * is to have; and the thread's place in the lists it stands in. The row of the thread is held until the commit, so
 * numbers neither skip nor double, and its clock is read after those before it have committed.
 */
export const threadTakesReply = (thread: SQL, author: { id: SQL; mayModerate: SQL }): SQL => sql`
  writer as (${heldWriter(author.id)}),
  taken as (
    update threads
    set last_number = last_number + 1,
        reply_count = reply_count + 1,
        last_post_at = greatest(clock_timestamp(), last_post_at + interval '1 microsecond'),
        last_author_id = ${author.id},
        heat = ${heatWithOneMore(sql`heat`, sql`clock_timestamp()`)}
    where id = ${thread} and removed_at is null and (locked_at is null or ${author.mayModerate})
      and exists (select from writer)
    returning id, last_number, last_post_at, board_ids
  ),
  listed as (
    update thread_boards set active_at = taken.last_post_at
    from taken where thread_boards.thread_id = taken.id
    returning board_id
  ),
  crossed as (
    update crossing_threads set active_at = taken.last_post_at
    from taken where crossing_threads.thread_id = taken.id
  )`

/**
 * Whether a reply's statement has waited for a move: it sees the thread as that has left it, but not the places that are new
 * since the statement began, so it has not moved the thread up there. See `moveUp`.
 */
export const missedPlaces: SQL<boolean> = sql<boolean>`(select count(*) from listed) < cardinality(board_ids)`

/** Moves a thread to the place of its last post in the lists that it stands in. */
export async function moveUp(forum: Forum, thread: number): Promise<void> {
  await inTransaction(forum, async (transaction, announce) => {
    const [found] = await transaction.select().from(threads).where(eq(threads.id, thread)).for('no key update')
    if (!found) return
    for (const places of [threadBoards, crossingThreads]) {
      await transaction
        .update(places)
        .set({ activeAt: sql`(select last_post_at from threads where id = ${thread})` })
        .where(eq(places.threadId, thread))
    }
    await announce(threadEvent('moved', thread, found.boardIds))
  })
}

/**
 * Counts that a post of a thread was edited, deleted (one reply less) or restored (one more), and answers the number
 * of this change, with the boards where it stands. The thread's row is held until the commit, so changes are numbered in the order in which they are
 * seen. The first post is not a reply.
 */
export async function countChange(
  transaction: Transaction,
  { thread, number }: { thread: { id: number }; number: number },
  replies: -1 | 0 | 1,
): Promise<{ changeNumber: number; boardIds: number[] }> {
  const [changed] = await transaction
    .update(threads)
    .set({
      changeNumber: sql`${threads.changeNumber} + 1`,
      replyCount: sql`${threads.replyCount} + ${number === 1 ? 0 : replies}::int`,
    })
    .where(eq(threads.id, thread.id))
    .returning({ changeNumber: threads.changeNumber, boardIds: threads.boardIds })
  if (!changed) throw new Error('A post without a thread')
  return changed
}
