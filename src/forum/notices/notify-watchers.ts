import { sql } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'
import { inTransaction } from '../../platform/database/in-transaction.ts'
import { memberEvent } from '../events.ts'
import type { Forum } from '../forum.ts'

/** Few enough that a reply in the same thread, which may wait for this transaction, hardly waits. */
const WATCHERS_AT_ONCE = 500

/** New replies of a thread whose watchers are being notified. */
interface Round {
  thread: number
  first: number
  last: number
  /** The last member who was notified. */
  after: number
}

/**
 * Notifies watchers of threads that very many members watch, in batches ordered by member id. Each transaction stores
 * how far it has come. Answers whether all are notified.
 */
export async function notifyWatchers(forum: Forum, isOver: () => boolean): Promise<boolean> {
  while (!isOver()) {
    const isMore = await inTransaction(forum, async (transaction, announce) => {
      const round = await takeRound(transaction)
      if (!round) return false
      if (await notifySome(transaction, round)) return true
      await endRound(transaction, round)
      // Member 0 stands for everybody: all open windows count again.
      await announce(memberEvent('notified', 0))
      return true
    })
    if (!isMore) return true
  }
  return false
}

/** A round covers the replies that exist when it begins. Later ones wait for the next round. */
async function takeRound(transaction: Transaction): Promise<Round | null> {
  const { rows } = await transaction.execute<Round & Record<string, unknown>>(sql`
    with taken as (
      select thread_id from untold_replies order by thread_id limit 1 for update skip locked
    )
    update untold_replies
    set telling_to = case when told_up_to = 0 then last_number else telling_to end
    from taken where untold_replies.thread_id = taken.thread_id
    returning untold_replies.thread_id as thread, first_number as first, telling_to as last, told_up_to as after`)
  return rows[0] ?? null
}

async function endRound(transaction: Transaction, { thread, last }: Round): Promise<void> {
  await transaction.execute(sql`delete from untold_replies where thread_id = ${thread} and last_number = ${last}`)
  await transaction.execute(sql`
    update untold_replies set first_number = ${last} + 1, told_up_to = 0 where thread_id = ${thread}`)
}

/**
 * Notifies each watcher of the first reply that is by somebody else and that they have not read. Answers whether
 * watchers were left. Locks the posts, so that deleting one sees its notifications.
 */
async function notifySome(transaction: Transaction, { thread, first, last, after }: Round): Promise<boolean> {
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
        and not exists (select from mutes where member_id = watcher.id and muted_id = posts.author_id)
        and not exists (
          select from notifications as earlier
          where earlier.member_id = watcher.id and earlier.thread_id = ${thread} and earlier.number = posts.number
            and earlier.kind in ('answer', 'mention')
        )
      order by number limit 1
    ) as reply
    where exists (select from threads where id = ${thread} and removed_at is null)
    order by watcher.id
    on conflict do nothing`)
  await transaction.execute(sql`update untold_replies set told_up_to = ${lastWatcher} where thread_id = ${thread}`)
  return true
}
