import { type SQL, sql } from 'drizzle-orm'
import type { Database, Transaction } from '../../platform/database/database.ts'
import { isMuted } from '../subscriptions/muted.ts'

/** The liveliest of so many threads are told one by one; of the others how many they are. */
export const MOST_THREADS = 20
/** Answers and mentions told one by one; of the others how many they are. */
export const MOST_CALLS = 10
/** More posts of one thread are not counted. */
const MOST_COUNTED = 1_000

/** A post that speaks to the member: an answer to theirs, or one that mentions them. */
export interface Call {
  member: number
  kind: 'answer' | 'mention'
  thread: { id: number; slug: string; title: string; language: string }
  number: number
  author: string
  excerpt: string
  /** How many such posts there are in all. */
  total: number
}

/** A thread with something that the member has not read, besides what speaks to them. */
export interface NewsOfThread {
  member: number
  thread: { id: number; slug: string; title: string; language: string }
  /** The followed board under which it is told, of a crossing the city; null: the thread itself is followed. */
  board: number | null
  /** The technology of the crossing under which it is told. */
  technology: number | null
  /** It is told from its first post on. */
  isNew: boolean
  /** The first post that they have not read, and how many others have written from there on. */
  number: number
  count: number
  author: string
  excerpt: string
  /** How many threads with news the member has in all. */
  total: number
}

/** Answers and mentions, the newest first. */
const callsOf = (due: SQL, until: SQL) => sql`
  select due.member, told.kind, told.thread, told.slug, told.title, told.language, told.number,
         members.username as author, told.excerpt, told.total
  from ${due}
  cross join lateral (
    select notifications.id, kind, threads.id as thread, slug, title, threads.language, notifications.number,
           posts.author_id, posts.excerpt, count(*) over () as total
    from notifications
    join threads on threads.id = notifications.thread_id and removed_at is null
    join posts
      on posts.thread_id = notifications.thread_id and posts.number = notifications.number and deleted_at is null
    where notifications.member_id = due.member and kind in ('answer', 'mention') and read_at is null
      and notifications.created_at > due.since and notifications.created_at <= ${until}
      and not (${isMuted(sql`due.member`, sql`threads.id`, sql`threads.board_ids`)})
    order by notifications.id desc limit ${sql.raw(String(MOST_CALLS))}
  ) as told
  join members on members.id = told.author_id
  order by due.member, told.id desc`

/** Threads that are followed, or stand where something is, with posts that are neither read nor told one by one. */
const newsOf = (due: SQL, until: SQL) => {
  const isNews = sql`
    posts.created_at > due.since and posts.created_at <= ${until}
    and posts.deleted_at is null and posts.author_id <> due.member
    and not exists (
      select from notifications
      where notifications.member_id = due.member and notifications.thread_id = posts.thread_id
        and notifications.number = posts.number and kind in ('answer', 'mention')
    )`
  return sql`
    with active as (
      select due.member, due.since, thread_boards.thread_id, thread_boards.board_id, null::bigint as technology_id
      from ${due}
      join board_subscriptions on board_subscriptions.member_id = due.member and level in ('watching', 'following')
      join thread_boards on thread_boards.board_id = board_subscriptions.board_id and thread_boards.active_at > due.since
      union all
      select due.member, due.since, crossing_threads.thread_id, crossing_threads.city_id, crossing_threads.technology_id
      from ${due}
      join crossing_subscriptions on crossing_subscriptions.member_id = due.member and level in ('watching', 'following')
      join crossing_threads
        on crossing_threads.city_id = crossing_subscriptions.city_id
        and crossing_threads.technology_id = crossing_subscriptions.technology_id
        and crossing_threads.active_at > due.since
      union all
      select due.member, due.since, thread_subscriptions.thread_id, null, null
      from ${due}
      join thread_subscriptions on thread_subscriptions.member_id = due.member and level in ('watching', 'following')
      join threads on threads.id = thread_subscriptions.thread_id and threads.last_post_at > due.since
    ),
    due as (
      select distinct on (member, thread_id) member, since, thread_id, board_id, technology_id
      from active order by member, thread_id, technology_id nulls first, board_id
    ),
    ranked as (
      select due.*, slug, title, threads.language, first.number, first.number = 1 as is_new,
             row_number() over (partition by due.member order by first.number = 1 desc, heat desc) as rank,
             count(*) over (partition by due.member) as total
      from due
      join threads on threads.id = due.thread_id and threads.removed_at is null
      left join reads on reads.member_id = due.member and reads.thread_id = due.thread_id
      cross join lateral (
        select posts.number
        from posts
        where posts.thread_id = due.thread_id and posts.number > coalesce(reads.number, 0) and ${isNews}
          and posts.created_at > coalesce((
            select max(read_at) from board_reads
            where board_reads.member_id = due.member and board_reads.board_id = any (threads.board_ids)
          ), '-infinity')
        order by posts.number limit 1
      ) as first
      where not (${isMuted(sql`due.member`, sql`threads.id`, sql`threads.board_ids`)})
    )
    select due.member, board_id as board, technology_id as technology, due.thread_id as thread, slug, title, due.language,
           is_new, due.number, told.excerpt, members.username as author, counted.count, total
    from ranked as due
    join posts as told on told.thread_id = due.thread_id and told.number = due.number
    join members on members.id = told.author_id
    cross join lateral (
      select count(*) from (
        select from posts
        where posts.thread_id = due.thread_id and posts.number >= due.number and ${isNews}
        limit ${sql.raw(String(MOST_COUNTED))}
      ) as posts
    ) as counted
    where rank <= ${sql.raw(String(MOST_THREADS))}
    order by due.member, rank`
}

interface Row {
  [column: string]: unknown
}

export interface DueMember {
  member: number
  since: Date
}

/** What some members have to be told of what was posted until a moment. */
export async function contentFor(
  database: Database | Transaction,
  due: readonly DueMember[],
  until: Date,
): Promise<{ calls: Call[]; news: NewsOfThread[] }> {
  const members = sql.param(due.map(({ member }) => member))
  const since = sql.param(due.map(({ since }) => since.toISOString()))
  const given = sql`unnest(${members}::bigint[], ${since}::timestamptz[]) as due (member, since)`
  const moment = sql`${until.toISOString()}::timestamptz`
  const calls = await database.execute<Row>(callsOf(given, moment))
  const news = await database.execute<Row>(newsOf(given, moment))
  return { calls: calls.rows.map(asCall), news: news.rows.map(asNews) }
}

const threadOf = (row: Row) => ({
  id: Number(row.thread),
  slug: String(row.slug),
  title: String(row.title),
  language: String(row.language),
})

const asCall = (row: Row): Call => ({
  member: Number(row.member),
  kind: row.kind === 'answer' ? 'answer' : 'mention',
  thread: threadOf(row),
  number: Number(row.number),
  author: String(row.author),
  excerpt: String(row.excerpt),
  total: Number(row.total),
})

const asNews = (row: Row): NewsOfThread => ({
  member: Number(row.member),
  thread: threadOf(row),
  board: row.board === null ? null : Number(row.board),
  technology: row.technology === null ? null : Number(row.technology),
  isNew: row.is_new === true,
  number: Number(row.number),
  count: Number(row.count),
  author: String(row.author),
  excerpt: String(row.excerpt),
  total: Number(row.total),
})
