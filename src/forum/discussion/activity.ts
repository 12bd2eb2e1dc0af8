import { eq, type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'
import { inTransaction } from '../../platform/database/in-transaction.ts'
import { crossingThreads, threadBoards, threads } from '../../schema/threads.ts'
import { threadEvent } from '../events.ts'
import type { Forum } from '../forum.ts'
import { heldWriter } from '../members/still-writes.ts'

/** After this time a post counts half as much for how lively its thread is. */
const HALF_LIFE_SECONDS = 2 * 86_400
const TAU = HALF_LIFE_SECONDS / Math.LN2

/** The weight of one post at this moment, on the logarithmic scale of `threads.heat`. */
export const heatOfOnePost = (moment: SQL): SQL => sql`(extract(epoch from ${moment}) / ${sql.raw(String(TAU))})`

/**
 * `heat` is the logarithm of the sum of e^(t/τ) over a thread's posts. It orders threads by posts whose weight fades
 * with time, and never needs recounting. The expression avoids e^-800, because PostgreSQL raises an error instead of
 * rounding it to 0.
 */
export const heatWithOneMore = (heat: SQL, moment: SQL): SQL =>
  sql`${heatOfOnePost(moment)} + ln(1 + exp(greatest(${heat} - ${heatOfOnePost(moment)}, -500)))`

/** The same in JavaScript, for a program that counts a thread through. @param at in milliseconds since 1970. */
export function heatOf(heat: number, at: number): number {
  const one = at / 1_000 / TAU
  return one + Math.log1p(Math.exp(heat - one))
}

/**
 * The part of a reply's statement for its thread. `taken` is the thread with the new reply's number; it also moves the
 * thread up in its lists. The thread's row is locked until the commit, so that numbers have no gaps or doubles, and the
 * clock is read only after earlier replies have committed.
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
 * Whether the statement of a reply has waited for a move. It then sees the thread after the move, but not the new
 * places, which did not exist when it began. So it has not moved the thread up there: see `moveUp`.
 */
export const missedPlaces: SQL<boolean> = sql<boolean>`(select count(*) from listed) < cardinality(board_ids)`

/** Moves a thread to the place of its last post in its lists. */
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
 * Counts an edit, a deletion (one reply less) or a restoration (one more) of a post, and answers the number of the
 * change and the thread's boards. The thread's row is locked until the commit, so that readers see changes in the order
 * of their numbers. The first post is not a reply.
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
