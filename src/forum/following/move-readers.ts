import { sql } from 'drizzle-orm'
import type { MovedPosts } from '../discussion/steps.ts'
import type { Step } from '../step.ts'

/**
 * Members who had read moved posts have read them at the new place, if they have read all before them there. The authors
 * of moved posts, and all subscribers of a merged thread, are subscribed there, unless they have chosen a level.
 */
export const moveReaders: Step<MovedPosts> = async (transaction, { from, to, posts, merged }) => {
  const come = posts.filter((post) => post.to > to.before)
  const given = sql`jsonb_to_recordset(${JSON.stringify(come)}::jsonb) as given ("from" int, "to" int)`
  await transaction.execute(sql`
    insert into reads (member_id, thread_id, number)
    select were.member_id, ${to.id}::bigint, last.number
    from reads as were cross join lateral (
      select coalesce(min(given."to") filter (where given."from" > were.number) - 1, max(given."to")) as number from ${given}
    ) as last
    where were.thread_id = ${from.id} and last.number > ${to.before}::int and (${to.before}::int = 0 or exists (
      select from reads as here
      where here.member_id = were.member_id and here.thread_id = ${to.id} and here.number >= ${to.before}::int
    ))
    order by were.member_id
    on conflict (member_id, thread_id) do update set number = greatest(reads.number, excluded.number)`)
  const authors = sql`${sql.param([...new Set(posts.map(({ authorId }) => authorId))])}::bigint[]`
  await transaction.execute(sql`
    insert into thread_subscriptions (member_id, thread_id, level)
    select member_id, ${to.id}::bigint, level from thread_subscriptions
    where thread_id = ${from.id} and (${merged}::boolean or member_id = any (${authors}))
    order by member_id
    on conflict do nothing`)
}
