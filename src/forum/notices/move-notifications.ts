import { sql } from 'drizzle-orm'
import type { MovedPosts } from '../discussion/steps.ts'
import type { Step } from '../step.ts'

/**
 * Moves notifications of a moved post to its new place. A notification of replies from that post on moves to the next
 * reply that stays, if there is one, because its member watches the old thread.
 */
export const moveNotifications: Step<MovedPosts> = async (transaction, { from, to, posts }) => {
  const given = sql`jsonb_to_recordset(${JSON.stringify(posts)}::jsonb) as given ("from" int, "to" int)`
  await transaction.execute(sql`
    with told as (
      select notifications.id, given."to" as number from notifications join ${given} on given."from" = notifications.number
      where thread_id = ${from.id} and kind in ('answer', 'mention', 'moderated')
      order by notifications.id for update of notifications
    )
    update notifications set thread_id = ${to.id}, number = told.number from told where notifications.id = told.id`)
  await transaction.execute(sql`
    with retracted as (
      select notifications.id, case when read_at is null then (
        select later.number from posts as later
        where later.thread_id = ${from.id} and later.number > notifications.number and later.deleted_at is null
          and later.author_id <> notifications.member_id
        order by later.number limit 1
      ) end as next
      from notifications join ${given} on given."from" = notifications.number
      where thread_id = ${from.id} and kind = 'reply'
      order by notifications.id for update of notifications
    ), moved as (
      update notifications set number = next from retracted where notifications.id = retracted.id and next is not null
    )
    delete from notifications using retracted where notifications.id = retracted.id and next is null`)
}
