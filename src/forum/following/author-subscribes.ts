import { type SQL, sql } from 'drizzle-orm'
import type { ReplyStep, StartedThread } from '../discussion/steps.ts'
import type { Step } from '../step.ts'

/**
 * Subscribes an author to a thread at their automatic level for threads that they start or reply to, unless they have
 * chosen a level for this thread.
 */
const subscribeAuthor = (author: SQL, occasion: 'started' | 'replied', thread: SQL, source: SQL): SQL => {
  const level = sql.identifier(`${occasion}_level`)
  return sql`
    insert into thread_subscriptions (member_id, thread_id, level)
    select members.id, ${thread}, ${level}
    from members cross join ${source}
    where members.id = ${author} and ${level} <> 'none'
    on conflict do nothing`
}

/** Subscribes the author of a reply to its thread. */
export const authorSubscribes: ReplyStep = {
  name: 'subscribed',
  sql: ({ author, threadId, written }) => subscribeAuthor(author, 'replied', threadId, written),
}

/** Subscribes the author of a new thread to it. */
export const starterSubscribes: Step<StartedThread> = async (transaction, { id, author }) => {
  const source = sql`(select ${id}::bigint as id) as started`
  await transaction.execute(subscribeAuthor(sql`${author}`, 'started', sql`started.id`, source))
}
