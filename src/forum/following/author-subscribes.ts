import { type SQL, sql } from 'drizzle-orm'

/**
 * Subscribes an author to the thread that they have started or replied to, at the level that they have chosen for
 * that, unless they have already said what they want of this one. A piece of a longer statement, for the thread of the
 * one row of `source`.
 */
export const authorSubscribes = (author: SQL, occasion: 'started' | 'replied', source: SQL): SQL => {
  const level = sql.identifier(`${occasion}_level`)
  return sql`
    insert into thread_subscriptions (member_id, thread_id, level)
    select members.id, source.id, ${level}
    from members cross join ${source} as source
    where members.id = ${author} and ${level} <> 'none'
    on conflict do nothing`
}
