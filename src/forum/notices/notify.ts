import { type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'
import { notifications } from '../../schema/notifications.ts'
import { isMuted } from '../following/muted.ts'

/** Where more than these watch a thread, the reply does not wait until they are told: see `tell-watchers.ts`. */
const MOST_TOLD_AT_ONCE = sql.raw('100')

/**
 * Tells whom a reply concerns: whom it answers, whom it mentions, and who watches the thread; each once, for the
 * first of these reasons. Pieces of the reply's own statement, for the thread in `taken`. Those who are told already are
 * taken out as a whole: to look for each of them would be for PostgreSQL to plan, which may think that nobody is told yet and
 * look through all of them for each.
 */
export const tellOfReply = ({
  thread,
  author,
  answered,
  mentioned,
}: Record<'thread' | 'author' | 'answered' | 'mentioned', SQL>): SQL => sql`
  watchers as materialized (
    select member_id from thread_subscriptions where thread_id = ${thread} and level = 'watching'
    limit ${MOST_TOLD_AT_ONCE} + 1
  ),
  crowd as materialized (select count(*) > ${MOST_TOLD_AT_ONCE} as is_large from watchers),
  told_later as (
    insert into untold_replies (thread_id, first_number, last_number)
    select taken.id, last_number, last_number from taken cross join crowd where is_large
    on conflict (thread_id) do update set last_number = excluded.last_number
  ),
  told as (
    insert into notifications (member_id, kind, thread_id, number)
    select member_id, kind, taken.id, taken.last_number
    from taken cross join (
      select distinct on (member_id) member_id, kind
      from (
        select author_id, 'answer', 1 from posts join taken on taken.id = thread_id
        where number = ${answered} and deleted_at is null
        union all
        select unnest(${mentioned}), 'mention', 2
        union all
        select member_id, 'reply', 3 from (
          select member_id from watchers where not (select is_large from crowd)
          except
          select member_id from notifications
          where thread_id = ${thread} and kind = 'reply' and read_at is null and mailed_at is null
            and not (select is_large from crowd)
        ) as untold
      ) as reasons (member_id, kind, rank)
      where member_id <> ${author}
      order by member_id, rank
    ) as concerned
    where kind = 'reply' or not (${isMuted(sql`concerned.member_id`, sql`taken.id`, sql`taken.board_ids`)})
    on conflict do nothing
  )`

/** Tells those who watch one of its boards or crossings of a new thread, and whom it mentions. */
export async function tellOfThread(
  transaction: Transaction,
  { thread, author, boards, mentioned }: { thread: number; author: number; boards: number[]; mentioned: number[] },
): Promise<void> {
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
    where member_id <> ${author}
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
 * Tells those whom a post mentions since it was edited; whom it had concerned already is not told again. All its
 * versions together call so many at the most: the rest of an edit's mentions are links only.
 */
export async function tellOfMentions(
  transaction: Transaction,
  post: { thread: { id: number; boardIds: number[] }; number: number; authorId: number },
  mentioned: number[],
  most: number,
): Promise<void> {
  if (mentioned.length === 0) return
  const thread = sql`${post.thread.id}::bigint`
  await transaction.execute(sql`
    with told as (
    insert into notifications (member_id, kind, thread_id, number)
    select called.id, 'mention', ${thread}, ${post.number}
    from unnest(${asArray(mentioned)}) as called (id)
    where called.id <> ${post.authorId}
      and not (${isMuted(sql`called.id`, thread, asArray(post.thread.boardIds))})
      and not exists (
        select from notifications as told
        where told.member_id = called.id and told.thread_id = ${thread} and told.number = ${post.number}
          and told.kind in ('answer', 'mention')
      )
    order by called.id
    limit greatest(0, ${most}::int - (
      select called_count from posts where thread_id = ${thread} and posts.number = ${post.number}
    ))
    on conflict do nothing
    returning member_id
    )
    update posts set called_count = called_count + (select count(*) from told)
    where thread_id = ${thread} and posts.number = ${post.number}`)
}

/** Tells the author of a post that a moderator has taken it, or its whole thread, out of sight. */
export async function tellOfModeration(
  transaction: Transaction,
  { thread, number, author }: { thread: number; number: number; author: number },
): Promise<void> {
  await transaction.insert(notifications).values({ memberId: author, kind: 'moderated', threadId: thread, number })
}

const asArray = (ids: number[]): SQL => sql`${`{${ids.join()}}`}::bigint[]`
