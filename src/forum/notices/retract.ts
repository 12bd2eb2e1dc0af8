import { type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'
import { lockBoards } from '../boards/count-thread.ts'
import type { PostChange, ThreadChange } from '../discussion/steps.ts'
import type { Step } from '../step.ts'

/**
 * Retracts the notifications of a hidden post. A notification of replies from that post on moves to the next reply, if
 * there is one.
 */
export const retractPost: Step<PostChange> = async (transaction, { kind, post }) => {
  if (kind !== 'deleted' && kind !== 'erased') return
  const { number } = post
  const thread = post.thread.id
  await transaction.execute(sql`
    with retracted as (
      select id, case when kind = 'reply' and read_at is null then (
        select posts.number from posts
        where posts.thread_id = ${thread} and posts.number > ${number} and deleted_at is null
          and author_id <> notifications.member_id
        order by posts.number limit 1
      ) end as next
      from notifications
      where thread_id = ${thread} and number = ${number} and kind in ('answer', 'mention', 'reply')
      order by id for update
    ), moved as (
      update notifications set number = next from retracted where notifications.id = retracted.id and next is not null
    )
    delete from notifications using retracted where notifications.id = retracted.id and next is null`)
  if (number === 1) await retractNewThread(transaction, thread)
}

/**
 * Retracts the notifications of a hidden thread; for a moved thread, those of the boards that it left. First ends a
 * running round for its watchers, so that notifications which that round writes are seen here.
 */
export const retractThread: Step<ThreadChange> = async (transaction, change) => {
  const { kind, thread } = change
  if (kind === 'moved') return retractNewThread(transaction, thread, outside(change.to))
  if (kind !== 'removed' && kind !== 'emptied' && kind !== 'merged') return
  await transaction.execute(sql`delete from untold_replies where thread_id = ${thread}`)
  await transaction.execute(sql`
    with retracted as (
      select id from notifications
      where thread_id = ${thread} and kind in ('answer', 'mention', 'reply') order by id for update
    )
    delete from notifications using retracted where notifications.id = retracted.id`)
  await retractNewThread(transaction, thread)
}

/** Notifications of boards and crossings outside some boards. */
const outside = (boards: readonly number[]): SQL => {
  const among = sql`any (${`{${boards.join()}}`}::bigint[])`
  return sql`not (board_id = ${among} and (technology_id is null or technology_id = ${among}))`
}

/**
 * A notification of new threads names the first of them. When that thread is hidden, the next one takes its place. Locks
 * the boards, as listing and removing threads do, because the next thread could disappear at the same moment.
 */
async function retractNewThread(transaction: Transaction, thread: number, which = sql`true`): Promise<void> {
  const { rows } = await transaction.execute<{ boards: number[] }>(sql`
    select board_ids as boards from threads where id = ${thread} for no key update`)
  await lockBoards(transaction, (rows[0]?.boards ?? []).map(Number))
  await transaction.execute(sql`
    with retracted as (
      select id, (
        select min(later.id)
        from thread_boards join threads as later on later.id = thread_boards.thread_id
        where thread_boards.board_id = notifications.board_id and later.id > ${thread}
          and (technology_id is null or technology_id = any (later.board_ids)) and later.author_id <> member_id
          and exists (select from posts where thread_id = later.id and posts.number = 1 and deleted_at is null)
      ) as next
      from notifications
      where thread_id = ${thread} and kind = 'thread' and ${which}
      order by id for update
    ), moved as (
      update notifications set thread_id = next
      from retracted
      where notifications.id = retracted.id and next is not null and read_at is null
    )
    delete from notifications using retracted
    where notifications.id = retracted.id and (next is null or read_at is not null)`)
}
