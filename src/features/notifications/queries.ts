import { and, desc, eq, isNotNull, isNull, lt, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Database } from '../../platform/database/database.ts'
import { members } from '../accounts/schema.ts'
import { posts } from '../posts/schema.ts'
import { threads } from '../threads/schema.ts'
import { notifications } from './schema.ts'

/** As many unread ones are shown at once; the rest come up as these are read. */
const MOST_UNREAD = 200
export const READ_PER_PAGE = 50
/** More new threads of a board than these are not counted. */
const MOST_COUNTED = 100

const lastAuthors = alias(members, 'last_authors')

const shown = {
  id: notifications.id,
  kind: notifications.kind,
  number: notifications.number,
  boardId: notifications.boardId,
  createdAt: notifications.createdAt,
  readAt: notifications.readAt,
  thread: {
    id: threads.id,
    slug: threads.slug,
    title: threads.title,
    language: threads.language,
    lastNumber: threads.lastNumber,
    lastPostAt: threads.lastPostAt,
    removedAt: threads.removedAt,
  },
  author: members.username,
  excerpt: posts.excerpt,
  lastAuthor: lastAuthors.username,
  /** How many threads the board has from this one on; 0 for what is not about a board. */
  newThreads: sql<number>`
    case when ${notifications.readAt} is null and ${notifications.kind} = 'thread' then (
      select count(*) from (
        select from thread_boards
        where thread_boards.board_id = ${notifications.boardId} and thread_boards.thread_id >= ${notifications.threadId}
        limit ${sql.raw(String(MOST_COUNTED))}
      ) as counted
    ) else 0 end`.mapWith(Number),
}

/** What was taken out of sight since is not told either, but that it was. */
const stillThere = or(
  eq(notifications.kind, 'moderated'),
  and(isNull(threads.removedAt), or(eq(notifications.kind, 'reply'), isNull(posts.deletedAt))),
)

const shownTo = (database: Database) =>
  database
    .select(shown)
    .from(notifications)
    .innerJoin(threads, eq(threads.id, notifications.threadId))
    .innerJoin(lastAuthors, eq(lastAuthors.id, threads.lastAuthorId))
    .innerJoin(posts, and(eq(posts.threadId, notifications.threadId), eq(posts.number, notifications.number)))
    .innerJoin(members, eq(members.id, posts.authorId))

export type ShownNotification = Awaited<ReturnType<typeof unreadNotifications>>[number]

/** What a member has been told and not read, the newest first. */
export const unreadNotifications = (database: Database, member: number) =>
  shownTo(database)
    .where(and(eq(notifications.memberId, member), isNull(notifications.readAt), stillThere))
    .orderBy(desc(notifications.id))
    .limit(MOST_UNREAD)

/** What they have read, the newest first, from an id on; one more than a page holds. */
export const readNotifications = (database: Database, member: number, before: number) =>
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
