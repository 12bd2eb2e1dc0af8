import { sql } from 'drizzle-orm'
import { POSTS_PER_PAGE } from '../../paths.ts'
import { batched } from '../../platform/database/batched.ts'
import type { Database } from '../../platform/database/database.ts'
import { statement } from '../../platform/database/statement.ts'
import type { Level } from '../../schema/enums.ts'
import { type Unread, unreadIn } from './unread.ts'

/** How far a member has read a thread, and their level for it. */
export interface ReaderOfThread {
  readNumber: number | null
  unread: Unread | null
  level: Level | null
  /** Ids of the members whom they have muted. */
  muted: string[] | null
  /** Numbers of the posts on this page that they find useful, and of those that they have bookmarked. */
  useful: number[] | null
  bookmarked: number[] | null
}

const PER_PAGE = sql.raw(String(POSTS_PER_PAGE))

const findReaders = statement<ReaderOfThread & { place: number }>(
  sql`
    select
      place,
      reads.number as "readNumber",
      ${unreadIn({ reader: sql`asked.member`, joined: sql`greatest(members.created_at, members.unread_since)` })} as unread,
      (select array_agg(muted_id::text) from mutes where mutes.member_id = asked.member) as muted,
      (select array_agg(number) from posts join useful_marks on useful_marks.post_id = posts.id and useful_marks.member_id = asked.member
        where posts.thread_id = asked.thread and number > asked.after and number <= asked.after + ${PER_PAGE}) as useful,
      (select array_agg(number) from posts join bookmarks on bookmarks.post_id = posts.id and bookmarks.member_id = asked.member
        where posts.thread_id = asked.thread and number > asked.after and number <= asked.after + ${PER_PAGE}) as bookmarked,
      (select level from thread_subscriptions where member_id = member and thread_id = thread) as level
    from unnest(
      ${sql.placeholder('members')}::bigint[], ${sql.placeholder('threads')}::bigint[], ${sql.placeholder('after')}::bigint[])
      with ordinality as asked (member, thread, after, place)
    left join members on members.id = asked.member
    left join threads on threads.id = asked.thread
    left join reads on reads.member_id = asked.member and reads.thread_id = asked.thread`,
)

/**
 * Answers how far members have read threads, with one query for all questions of a turn of the event loop. A thread that
 * does not exist gets an answer too, because an error would fail all questions of the turn.
 */
export const openReaders = (database: Database) =>
  batched(async (asked: { thread: number; member: number; page: number }[]): Promise<ReaderOfThread[]> => {
    const found = await findReaders(database, {
      members: asked.map(({ member }) => member),
      threads: asked.map(({ thread }) => thread),
      after: asked.map(({ page }) => POSTS_PER_PAGE * (page - 1)),
    })
    return found.sort((one, other) => one.place - other.place)
  })
