import { sql } from 'drizzle-orm'
import type { Database } from '../../platform/database/database.ts'
import { statement } from '../../platform/database/statement.ts'
import { type Cursor, momentOf, type Slice, sliceOf, THREADS_PER_PAGE, writeCursor } from '../discussion/cursor.ts'
import { isMuted } from './muted.ts'
import { type BoardOrder, type ListedThread, listedThreads } from './thread-lists.ts'
import { asReader, isUnread, type Reader } from './unread.ts'

/** The place of a thread in a list by activity. */
interface Place {
  id: number
  position: number
}

const cursor = sql`(${momentOf(sql.placeholder('moment'))}, ${sql.placeholder('thread')}::bigint)`
const position = sql`(extract(epoch from threads.last_post_at) * 1000000)::bigint as position`

const lastActive = statement<Place>(sql`
    select id, ${position} from threads
    where removed_at is null and (last_post_at, id) < ${cursor}
    order by last_post_at desc, id desc limit ${sql.placeholder('most')}`)

const lastStarted = statement<Place>(sql`
    select id, 0 as position from threads
    where removed_at is null and id < ${sql.placeholder('thread')}
    order by id desc limit ${sql.raw(String(THREADS_PER_PAGE + 1))}`)

/** All threads from a cursor on, by last activity or newest first. */
export async function latestThreads(
  database: Database,
  order: BoardOrder,
  before: Cursor,
  reader: Reader | null,
  most?: number,
): Promise<Slice<ListedThread>> {
  const places =
    order === 'new'
      ? await lastStarted(database, { thread: before.thread })
      : await lastActive(database, { ...before, most: THREADS_PER_PAGE + 1 })
  return listedAt(database, sliceOf(places, most), reader)
}

/** How many threads a page reads to find unread ones. When it finds fewer than a page, the next page goes on from there. */
const LOOKED_THROUGH = 300

const lastUnread = statement<Place>(sql`
    select threads.id, ${position}
    from (
      select id from threads
      where removed_at is null and (last_post_at, id) < ${cursor}
        and last_post_at > ${sql.placeholder('joined')}::timestamptz
      order by last_post_at desc, id desc limit ${sql.raw(String(LOOKED_THROUGH))}
    ) as latest
    join threads on threads.id = latest.id
    left join reads on reads.member_id = ${sql.placeholder('reader')} and reads.thread_id = threads.id
    where ${isUnread}
      and not (${isMuted(sql`${sql.placeholder('reader')}::bigint`, sql`threads.id`, sql`threads.board_ids`)})
    order by last_post_at desc, threads.id desc limit ${sql.raw(String(THREADS_PER_PAGE + 1))}`)

/** All threads with unread posts that a member has not muted, by last activity. */
export async function unreadThreads(
  database: Database,
  before: Cursor,
  reader: Reader,
  most?: number,
): Promise<Slice<ListedThread>> {
  const found = sliceOf(await lastUnread(database, { ...before, ...asReader(reader) }), most)
  if (!found.next) {
    const looked = await lastActive(database, { ...before, most: LOOKED_THROUGH + 1 })
    const last = looked[LOOKED_THROUGH - 1]
    const isMore = looked.length > LOOKED_THROUGH
    // Threads from before they joined are never unread. Looking further would find nothing, page after page.
    if (last && isMore && last.position > reader.joinedAt.getTime() * 1000)
      found.next = writeCursor({ moment: last.position, thread: last.id })
  }
  return listedAt(database, found, reader)
}

const onePage = sql.raw(String(THREADS_PER_PAGE + 1))
const member = sql`${sql.placeholder('reader')}::bigint`
const isFollowed = sql`level in ('watching', 'following')`
const notMuted = sql`not (${isMuted(member, sql`threads.id`, sql`threads.board_ids`)})`

/** Walks the index of each board and crossing separately, so that a quiet one costs no more than a busy one. */
const lastFollowed = statement<Place>(sql`
    with followed as (
      select last.thread_id from board_subscriptions as place
      cross join lateral (
        select thread_id from thread_boards join threads on threads.id = thread_id
        where thread_boards.board_id = place.board_id and (active_at, thread_id) < ${cursor} and ${notMuted}
        order by active_at desc, thread_id desc limit ${onePage}
      ) as last
      where member_id = ${member} and ${isFollowed}
      union
      select last.thread_id from crossing_subscriptions as place
      cross join lateral (
        select thread_id from crossing_threads join threads on threads.id = thread_id
        where crossing_threads.city_id = place.city_id and crossing_threads.technology_id = place.technology_id
          and (active_at, thread_id) < ${cursor} and ${notMuted}
        order by active_at desc, thread_id desc limit ${onePage}
      ) as last
      where member_id = ${member} and ${isFollowed}
      union
      select thread_id from (
        select thread_id from thread_subscriptions join threads on threads.id = thread_id
        where member_id = ${member} and ${isFollowed} and removed_at is null and (last_post_at, threads.id) < ${cursor}
        order by last_post_at desc, threads.id desc limit ${onePage}
      ) as own
    )
    select threads.id, ${position}
    from followed join threads on threads.id = followed.thread_id
    where removed_at is null
    order by last_post_at desc, threads.id desc limit ${onePage}`)

/** The threads of all that a member follows, by last activity. */
export async function followedThreads(
  database: Database,
  before: Cursor,
  reader: Reader,
  most?: number,
): Promise<Slice<ListedThread>> {
  return listedAt(database, sliceOf(await lastFollowed(database, { ...before, reader: reader.id }), most), reader)
}

/** The list items for the threads at some places, in the same order. */
async function listedAt(
  database: Database,
  { rows, next }: Slice<Place>,
  reader: Reader | null,
): Promise<Slice<ListedThread>> {
  const found = await listedThreads(
    database,
    rows.map(({ id }) => id),
    reader,
  )
  const byId = new Map(found.map((thread) => [thread.id, thread]))
  return { rows: rows.flatMap(({ id }) => byId.get(id) ?? []), next }
}
