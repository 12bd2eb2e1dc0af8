import { sql } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'

/**
 * Takes back what was told of a post that is out of sight. Who was told that there are replies from it on is led to the
 * next one in its stead, where there is one.
 */
export async function withdrawPost(transaction: Transaction, thread: number, number: number): Promise<void> {
  await transaction.execute(sql`
    with told as (
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
      update notifications set number = next from told where notifications.id = told.id and next is not null
    )
    delete from notifications using told where notifications.id = told.id and next is null`)
  if (number === 1) await withdrawNewThread(transaction, thread)
}

/** Takes back what was told of a thread that is out of sight, and stands in no board any more. */
export async function withdrawThread(transaction: Transaction, thread: number): Promise<void> {
  await transaction.execute(sql`
    with told as (
      select id from notifications
      where thread_id = ${thread} and kind in ('answer', 'mention', 'reply') order by id for update
    )
    delete from notifications using told where notifications.id = told.id`)
  await withdrawNewThread(transaction, thread)
}

/** Of the new threads of a place the first is told: the next one takes its place. */
async function withdrawNewThread(transaction: Transaction, thread: number): Promise<void> {
  await transaction.execute(sql`
    with told as (
      select id, (
        select min(later.id)
        from thread_boards join threads as later on later.id = thread_boards.thread_id
        where thread_boards.board_id = notifications.board_id and later.id > ${thread}
          and (technology_id is null or technology_id = any (later.board_ids)) and later.author_id <> member_id
      ) as next
      from notifications
      where thread_id = ${thread} and kind = 'thread'
      order by id for update
    ), moved as (
      update notifications set thread_id = next
      from told
      where notifications.id = told.id and next is not null and read_at is null
    )
    delete from notifications using told
    where notifications.id = told.id and (next is null or read_at is not null)`)
}
