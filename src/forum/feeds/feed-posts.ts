import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '../../platform/database/database.ts'
import { statement } from '../../platform/database/statement.ts'
import type { MemberName } from '../../schema/members.ts'

/** A post for feeds, a first post or a reply. */
export interface FeedPost {
  id: number
  number: number
  author: MemberName
  /** Sanitised when it was written; null when it would make the feed too large. */
  bodyHtml: string | null
  excerpt: string
  language: string
  createdAt: Date
  editedAt: Date | null
  thread: number
  slug: string
  title: string
  boardIds: number[]
}

/** Enough for a feed reader that asks once a day. */
export const POSTS_IN_FEED = 40

/** In bytes of posts. Beyond that, the longest posts give only their excerpt. */
const HEAVIEST_FEED = 600_000

const most = sql.raw(String(POSTS_IN_FEED))

/** The posts of a query, newest first, without hidden posts and threads. */
const feedOf = (found: SQL, order: SQL = sql`posts.id`) =>
  statement<FeedPost>(sql`
    select posts.id, posts.number, members.username as author,
           case when sum(octet_length(body_html)) over (order by octet_length(body_html), posts.id)
             <= ${sql.raw(String(HEAVIEST_FEED))} then body_html end as "bodyHtml",
           excerpt, posts.language, posts.created_at as "createdAt", edited_at as "editedAt",
           threads.id as thread, slug, title, board_ids as "boardIds"
    from (${found}) as found
    join posts on posts.id = found.id
    join threads on threads.id = posts.thread_id
    join members on members.id = posts.author_id
    where posts.deleted_at is null and threads.removed_at is null
    order by ${order} desc`)

/** The first posts of the newest threads, in the order of `threads`. */
const openingsOf = (threads: SQL) => sql`
    select posts.id from (${threads}) as started (thread)
    join posts on posts.thread_id = started.thread and posts.number = 1
    where posts.deleted_at is null
    order by started.thread desc limit ${most}`

/** More threads than entries, because threads whose first post is deleted are left out. */
const LOOKED_AT = sql.raw(String(2 * POSTS_IN_FEED))

const inForum = feedOf(
  openingsOf(sql`select id from threads where removed_at is null order by id desc limit ${LOOKED_AT}`),
)

/** The threads of the whole forum. */
export const newThreads = (database: Database): Promise<FeedPost[]> => inForum(database, {})

const inBoard = feedOf(
  openingsOf(sql`
    select thread_id from thread_boards where board_id = ${sql.placeholder('board')}
    order by thread_id desc limit ${LOOKED_AT}`),
)

/** The threads of a board. */
export const newThreadsInBoard = (database: Database, board: number): Promise<FeedPost[]> =>
  inBoard(database, { board })

/**
 * The index of a crossing is ordered by activity. A new thread is among the most recently active ones, unless more older
 * threads than these were active since.
 */
const ACTIVE_IN_CROSSING = sql.raw('150')

const inCrossing = feedOf(
  openingsOf(sql`
    select thread_id from (
      select thread_id from crossing_threads
      where city_id = ${sql.placeholder('city')} and technology_id = ${sql.placeholder('technology')}
      order by active_at desc, thread_id desc limit ${ACTIVE_IN_CROSSING}
    ) as active
    order by thread_id desc limit ${LOOKED_AT}`),
)

/** The threads where a city and a technology meet. */
export const newThreadsInCrossing = (database: Database, city: number, technology: number): Promise<FeedPost[]> =>
  inCrossing(database, { city, technology })

const inThread = feedOf(
  sql`
    select id from posts where thread_id = ${sql.placeholder('thread')} and deleted_at is null
    order by number desc limit ${most}`,
  sql`posts.number`,
)

/** The last posts of a thread. */
export const lastPostsInThread = (database: Database, thread: number): Promise<FeedPost[]> =>
  inThread(database, { thread })

const byMember = feedOf(sql`
    select posts.id from posts join threads on threads.id = thread_id
    where posts.author_id = ${sql.placeholder('author')} and deleted_at is null and threads.removed_at is null
    order by posts.id desc limit ${most}`)

const atPlaces = feedOf(sql`
    select posts.id
    from unnest(${sql.placeholder('threads')}::bigint[], ${sql.placeholder('numbers')}::int[]) as place (thread, number)
    join posts on posts.thread_id = place.thread and posts.number = place.number`)

/** Posts by their places, the newest first. */
export const postsAt = (database: Database, places: readonly { thread: { id: number }; number: number }[]) =>
  atPlaces(database, { threads: places.map(({ thread }) => thread.id), numbers: places.map(({ number }) => number) })

/** A member's last posts. */
export const lastPostsBy = (database: Database, author: number): Promise<FeedPost[]> => byMember(database, { author })
