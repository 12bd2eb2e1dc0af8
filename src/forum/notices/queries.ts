import { and, desc, eq, isNotNull, isNull, lt, not, or, sql } from 'drizzle-orm'
import type { Database, Transaction } from '../../platform/database/database.ts'
import { statement } from '../../platform/database/statement.ts'
import { type MemberName, members } from '../../schema/members.ts'
import { notifications } from '../../schema/notifications.ts'
import { posts } from '../../schema/posts.ts'
import { threads } from '../../schema/threads.ts'
import { NEWEST_ID } from '../discussion/cursor.ts'
import { isMuted } from '../following/muted.ts'

/** How many unread notifications a page shows. The rest follow when these are read. */
export const MOST_UNREAD = 200
export const READ_PER_PAGE = 50
/** Above this number, pages say «more than». */
const MOST_COUNTED = 100
const COUNTED = sql.raw(String(MOST_COUNTED + 1))

const shown = {
  id: notifications.id,
  kind: notifications.kind,
  number: notifications.number,
  boardId: notifications.boardId,
  technologyId: notifications.technologyId,
  createdAt: notifications.createdAt,
  readAt: notifications.readAt,
  thread: {
    id: threads.id,
    slug: threads.slug,
    title: threads.title,
    language: threads.language,
    boardIds: threads.boardIds,
    lastPostAt: threads.lastPostAt,
    removedAt: threads.removedAt,
  },
  author: sql<MemberName>`case when ${posts.deletedAt} is null then ${members.username} else '' end`,
  excerpt: sql<string>`case when ${posts.deletedAt} is null then ${posts.excerpt} else '' end`,
  excerptLanguage: posts.language,
  /** For unread replies and new threads: how many more followed this one, up to 101. */
  following: sql<number>`
    case when ${notifications.readAt} is not null then 0 else case ${notifications.kind}
      when 'reply' then (
        select count(*) from (
          select from posts as later
          where later.thread_id = ${notifications.threadId} and later.number >= ${notifications.number}
            and later.deleted_at is null and later.author_id <> ${notifications.memberId}
          limit ${COUNTED}
        ) as counted
      )
      when 'thread' then (
        select count(*) from (
          select from thread_boards join threads as later on later.id = thread_boards.thread_id
          where thread_boards.board_id = ${notifications.boardId} and later.id >= ${notifications.threadId}
            and (${notifications.technologyId} is null or ${notifications.technologyId} = any (later.board_ids))
            and later.removed_at is null and later.author_id <> ${notifications.memberId}
            and not (${isMuted(sql`${notifications.memberId}`, sql`later.id`, sql`later.board_ids`)})
          limit ${COUNTED}
        ) as counted
      )
      else 0
    end end`.mapWith(Number),
}

/** Leaves out hidden posts, but keeps notifications that a moderator removed one. */
const stillThere = or(
  eq(notifications.kind, 'moderated'),
  and(isNull(threads.removedAt), or(eq(notifications.kind, 'reply'), isNull(posts.deletedAt))),
)

const shownTo = (database: Database | Transaction) =>
  database
    .select(shown)
    .from(notifications)
    .innerJoin(threads, eq(threads.id, notifications.threadId))
    .innerJoin(posts, and(eq(posts.threadId, notifications.threadId), eq(posts.number, notifications.number)))
    .innerJoin(members, eq(members.id, posts.authorId))

export type ShownNotification = Awaited<ReturnType<typeof unreadNotifications>>[number]

/**
 * A member's unread notifications, newest first; all, or only those that they have not muted since. One more than a page
 * shows.
 */
export const unreadNotifications = (database: Database | Transaction, member: number, which?: 'not muted') => {
  const muted = isMuted(sql`${notifications.memberId}`, sql`${threads.id}`, sql`${threads.boardIds}`)
  return shownTo(database)
    .where(
      and(
        eq(notifications.memberId, member),
        isNull(notifications.readAt),
        stillThere,
        which && not(sql<boolean>`(${muted})`),
      ),
    )
    .orderBy(desc(notifications.id))
    .limit(MOST_UNREAD + 1)
}

/** A member's read notifications below an id, newest first; one more than a page shows. */
export const readNotifications = (database: Database, member: number, before = NEWEST_ID) =>
  shownTo(database)
    .where(
      and(
        eq(notifications.memberId, member),
        isNotNull(notifications.readAt),
        lt(notifications.id, before),
        stillThere,
      ),
    )
    .orderBy(desc(notifications.id))
    .limit(READ_PER_PAGE + 1)

const countUnread = statement<{ member: number; unread: number }>(
  sql`
    select member, unread
    from unnest(${sql.placeholder('members')}::bigint[]) as member
    cross join lateral (
      select count(*) as unread
      from (
        select from notifications where member_id = member and read_at is null
        union all
        select from account_notifications where member_id = member and read_at is null
        limit ${COUNTED}
      ) as counted
    ) as counts`,
)

/** The numbers of unread notifications of some members, each up to 101. */
export const unreadCounts = (database: Database, members: readonly number[]) => countUnread(database, { members })
