import { type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'
import { notifications } from '../../schema/notifications.ts'
import { countMentions, mentionsLeft } from '../discussion/count-mentions.ts'
import type { PostChange, ReplyStep, StartedThread, ThreadChange } from '../discussion/steps.ts'
import { isMuted } from '../following/muted.ts'
import type { Step } from '../step.ts'

/** With more watchers, a job notifies them, so that the reply does not wait: see `notify-watchers.ts`. */
const MOST_AT_ONCE = sql.raw('100')

/** The watchers whom a reply notifies itself, and whether there are too many. */
const watchersOf = (thread: SQL) => sql`
  watchers as materialized (
    select member_id from thread_subscriptions where thread_id = ${thread} and level = 'watching'
    limit ${MOST_AT_ONCE} + 1
  ),
  crowd as materialized (select count(*) > ${MOST_AT_ONCE} as is_large from watchers)`

/** Leaves the watchers of a thread that very many watch to the sweep. */
export const leaveCrowdToSweep: ReplyStep = {
  name: 'left_to_sweep',
  sql: ({ thread, written, threadId, number }) => sql`
    with ${watchersOf(thread)}
    insert into untold_replies (thread_id, first_number, last_number)
    select ${threadId}, ${number}, ${number} from ${written} cross join crowd where is_large
    on conflict (thread_id) do update set
      first_number = least(untold_replies.first_number, excluded.first_number),
      last_number = greatest(untold_replies.last_number, excluded.last_number)`,
}

/**
 * Notifies the members whom a reply concerns: the author of the answered post, mentioned members, and watchers; each
 * once, for the first of these reasons. Watchers with an unread notification of the thread are removed as a set:
 * PostgreSQL may otherwise expect none, and read all notifications once for each watcher. Inserts in the order of member
 * ids, so that two replies cannot deadlock.
 */
export const notifyOfReply: ReplyStep = {
  name: 'notified',
  sql: ({ thread, author, answered, mentioned, written, threadId, number, boardIds }) => sql`
    with ${watchersOf(thread)}
    insert into notifications (member_id, kind, thread_id, number)
    select member_id, kind, ${threadId}, ${number}
    from ${written} cross join (
      select distinct on (member_id) member_id, kind
      from (
        select author_id, 'answer', 1 from posts
        where thread_id = ${thread} and number = ${answered} and deleted_at is null
        union all
        select unnest(${mentioned}), 'mention', 2
        union all
        select member_id, 'reply', 3 from (
          select member_id from watchers where not (select is_large from crowd)
          except
          select member_id from notifications
          where thread_id = ${thread} and kind = 'reply' and read_at is null and mailed_at is null
            and not (select is_large from crowd)
        ) as unnotified
      ) as reasons (member_id, kind, rank)
      where member_id <> ${author} and ${hears(author)}
      order by member_id, rank
    ) as recipients
    where kind = 'reply' or not (${isMuted(sql`recipients.member_id`, threadId, boardIds)})
    on conflict do nothing`,
}

/** Notifies watchers of a board or crossing of a new thread, and members whom it mentions. */
export const notifyOfThread: Step<StartedThread> = async (transaction, { id: thread, author, boards, mentioned }) => {
  const among = sql`any (${asArray(boards)})`
  await transaction.execute(sql`
    insert into notifications (member_id, kind, thread_id, number, board_id, technology_id)
    select distinct on (member_id) member_id, kind, ${thread}::bigint, 1, board_id, technology_id
    from (
      select unnest(${asArray(mentioned)}), 'mention', null::bigint, null::bigint, 1
      union all
      select member_id, 'thread', board_id, null, 2 from board_subscriptions
      where board_id = ${among} and level = 'watching'
      union all
      select member_id, 'thread', city_id, technology_id, 3 from crossing_subscriptions
      where city_id = ${among} and technology_id = ${among} and level = 'watching'
    ) as reasons (member_id, kind, board_id, technology_id, rank)
    where member_id <> ${author} and ${hears(sql`${author}::bigint`)}
      and member_id not in (
        select member_id from board_subscriptions where board_id = ${among} and level = 'muted'
        union all
        select member_id from crossing_subscriptions
        where city_id = ${among} and technology_id = ${among} and level = 'muted'
      )
    order by member_id, rank, board_id, technology_id
    on conflict do nothing`)
}

/**
 * Notifies members whom an edit newly mentions, unless the post has notified them already. Above the limit of mentions,
 * the rest are only links.
 */
export const notifyMentioned: Step<PostChange> = async (transaction, change) => {
  if (change.kind !== 'edited' || change.mentioned.length === 0) return
  const { post, mentioned } = change
  const thread = sql`${post.thread.id}::bigint`
  const left = await mentionsLeft(transaction, post.thread.id, post.number)
  const { rowCount } = await transaction.execute(sql`
    insert into notifications (member_id, kind, thread_id, number)
    select called.id, 'mention', ${thread}, ${post.number}
    from unnest(${asArray(mentioned)}) as called (id)
    where called.id <> ${post.authorId}
      and called.id not in (select member_id from mutes where muted_id = ${post.authorId})
      and exists (select from threads where threads.id = ${thread} and removed_at is null)
      and not (${isMuted(sql`called.id`, thread, asArray(post.thread.boardIds))})
      and not exists (
        select from notifications as earlier
        where earlier.member_id = called.id and earlier.thread_id = ${thread} and earlier.number = ${post.number}
          and earlier.kind in ('answer', 'mention')
      )
    order by called.id
    limit ${left}
    on conflict do nothing`)
  if (rowCount) await countMentions(transaction, post.thread.id, post.number, rowCount)
}

/** Notifies the author of a post that a moderator has removed. */
export const notifyOfDeletion: Step<PostChange> = async (transaction, change) => {
  if (change.kind !== 'deleted' && change.kind !== 'refused') return
  if (change.inBulk || change.by === change.post.authorId) return
  const { thread, number, authorId } = change.post
  await notifyOfModeration(transaction, { memberId: authorId, threadId: thread.id, number })
}

/** Notifies the author of a thread that a moderator has removed. */
export const notifyOfRemoval: Step<ThreadChange> = async (transaction, change) => {
  if (change.kind !== 'removed' || change.inBulk || change.by === change.author) return
  await notifyOfModeration(transaction, { memberId: change.author, threadId: change.thread, number: 1 })
}

async function notifyOfModeration(
  transaction: Transaction,
  about: { memberId: number; threadId: number; number: number },
): Promise<void> {
  await transaction.insert(notifications).values({ ...about, kind: 'moderated' })
}

/** Whether `member_id` gets notifications about an author: not if they have muted the author. */
const hears = (author: SQL): SQL => sql`member_id not in (select mutes.member_id from mutes where muted_id = ${author})`

const asArray = (ids: readonly number[]): SQL => sql`${`{${ids.join()}}`}::bigint[]`
