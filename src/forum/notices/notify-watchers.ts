import { sql } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'
import { inTransaction } from '../../platform/database/in-transaction.ts'
import { memberEvent } from '../events.ts'
import type { Forum } from '../forum.ts'

/** Few enough that a reply in their thread, which may wait for them, hardly does. */
const WATCHERS_AT_ONCE = 500

/** The replies of a thread whose watchers are being told. */
interface Telling {
  thread: number
  first: number
  last: number
  /** The last member who was. */
  after: number
}

/**
 * Tells the watchers of threads that very many watch of the replies there, some at a time and in the order of their ids;
 * each transaction remembers how far it has come. Answers whether all are told.
 */
export async function tellWatchers(forum: Forum, isOver: () => boolean): Promise<boolean> {
  while (!isOver()) {
    const isMore = await inTransaction(forum, async (transaction, announce) => {
      const telling = await takeTelling(transaction)
      if (!telling) return false
      if (await tellSome(transaction, telling)) return true
      await endTelling(transaction, telling)
      // Whoever has the forum open counts again.
      await announce(memberEvent('notified', 0))
      return true
    })
    if (!isMore) return true
  }
  return false
}

/** What has been written until a walk along the watchers begins is told by it; what comes meanwhile by the next. */
async function takeTelling(transaction: Transaction): Promise<Telling | null> {
  const { rows } = await transaction.execute<Telling & Record<string, unknown>>(sql`
    with taken as (
      select thread_id from untold_replies order by thread_id limit 1 for update skip locked
    )
    update untold_replies
    set telling_to = case when told_up_to = 0 then last_number else telling_to end
    from taken where untold_replies.thread_id = taken.thread_id
    returning untold_replies.thread_id as thread, first_number as first, telling_to as last, told_up_to as after`)
  return rows[0] ?? null
}

async function endTelling(transaction: Transaction, { thread, last }: Telling): Promise<void> {
  await transaction.execute(sql`delete from untold_replies where thread_id = ${thread} and last_number = ${last}`)
  await transaction.execute(sql`
    update untold_replies set first_number = ${last} + 1, told_up_to = 0 where thread_id = ${thread}`)
}

/**
 * Each is told of the first reply that is another's and that they have not read. Answers whether there were any watchers
 * left. Locks the posts, so that who deletes one sees what was told of it.
 */
async function tellSome(transaction: Transaction, { thread, first, last, after }: Telling): Promise<boolean> {
  const { rows } = await transaction.execute<{ member: number }>(sql`
    select member_id as member from thread_subscriptions
    where thread_id = ${thread} and level = 'watching' and member_id > ${after}
    order by member_id limit ${WATCHERS_AT_ONCE}`)
  const lastWatcher = rows.at(-1)?.member
  if (lastWatcher === undefined) return false
  await transaction.execute(sql`
    select from posts where thread_id = ${thread} and number between ${first} and ${last} order by number for share`)
  await transaction.execute(sql`
    insert into notifications (member_id, kind, thread_id, number)
    select watcher.id, 'reply', ${thread}, reply.number
    from unnest(${sql.param(rows.map(({ member }) => member))}::bigint[]) as watcher (id)
    left join reads on reads.member_id = watcher.id and reads.thread_id = ${thread}
    cross join lateral (
      select number from posts
      where thread_id = ${thread} and number between greatest(${first}, reads.number + 1) and ${last}
        and author_id <> watcher.id and deleted_at is null
        and not exists (
          select from notifications as told
          where told.member_id = watcher.id and told.thread_id = ${thread} and told.number = posts.number
            and told.kind in ('answer', 'mention')
        )
      order by number limit 1
    ) as reply
    where exists (select from threads where id = ${thread} and removed_at is null)
    order by watcher.id
    on conflict do nothing`)
  await transaction.execute(sql`update untold_replies set told_up_to = ${lastWatcher} where thread_id = ${thread}`)
  return true
}
