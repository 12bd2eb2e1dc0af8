import { sql } from 'drizzle-orm'
import type { Database } from '../../platform/database/database.ts'
import { statement } from '../../platform/database/statement.ts'

/** The liveliest of so many threads are told one by one; of the others how many they are. */
export const MOST_THREADS = 20
/** Answers and mentions told one by one. */
export const MOST_CALLS = 20

/** A post that speaks to the member: an answer to theirs, or one that mentions them. */
export interface Call {
  member: number
  kind: 'answer' | 'mention'
  thread: { id: number; slug: string; title: string; language: string }
  number: number
  author: string
  excerpt: string
}

/** A thread with something that the member has not read. */
export interface NewsOfThread {
  member: number
  thread: { id: number; slug: string; title: string; language: string }
  /** The followed board under which it is told. */
  board: number | null
  isNew: boolean
  /** The first post that they have not read, and how many there are from there on. */
  number: number
  count: number
  author: string
  excerpt: string
  /** How many threads with news the member has in all. */
  total: number
}

const findCalls = statement<Row>(
  'digest_calls',
  sql`
    select told.member_id as member, told.kind, threads.id as thread, threads.slug, threads.title, threads.language,
           told.number, members.username as author, posts.excerpt
    from unnest(${sql.placeholder('members')}::bigint[], ${sql.placeholder('since')}::timestamptz[]) as due (member, since)
    cross join lateral (
      select member_id, kind, thread_id, number from notifications
      where member_id = due.member and kind in ('answer', 'mention') and read_at is null
        and created_at > due.since and created_at <= ${sql.placeholder('until')}::timestamptz
      order by id desc limit ${sql.raw(String(MOST_CALLS))}
    ) as told
    join threads on threads.id = told.thread_id and threads.removed_at is null
    join posts on posts.thread_id = told.thread_id and posts.number = told.number and posts.deleted_at is null
    join members on members.id = posts.author_id`,
)

const findNews = statement<Row>(
  'digest_news',
  sql`
    with due as (
      select member, since
      from unnest(${sql.placeholder('members')}::bigint[], ${sql.placeholder('since')}::timestamptz[]) as due (member, since)
    ),
    active as (
      select due.member, due.since, thread_boards.thread_id, thread_boards.board_id
      from due
      join board_subscriptions on board_subscriptions.member_id = due.member and level in ('watching', 'following')
      join thread_boards on thread_boards.board_id = board_subscriptions.board_id and thread_boards.active_at > due.since
      union all
      select due.member, due.since, crossing_threads.thread_id, crossing_threads.city_id
      from due
      join crossing_subscriptions on crossing_subscriptions.member_id = due.member and level in ('watching', 'following')
      join crossing_threads
        on crossing_threads.city_id = crossing_subscriptions.city_id
        and crossing_threads.technology_id = crossing_subscriptions.technology_id
        and crossing_threads.active_at > due.since
      union all
      select due.member, due.since, thread_subscriptions.thread_id, null
      from due
      join thread_subscriptions on thread_subscriptions.member_id = due.member and level in ('watching', 'following')
      join threads on threads.id = thread_subscriptions.thread_id and threads.last_post_at > due.since
    ),
    followed as (
      select member, since, thread_id, min(board_id) as board, bool_or(board_id is null) as itself
      from active group by member, since, thread_id
    ),
    ranked as (
      select followed.member, board, threads.id, slug, title, threads.language, threads.created_at > followed.since as is_new,
             first.number, first.excerpt, first.author, last_number - first.number + 1 as count,
             row_number() over (partition by followed.member order by threads.created_at > followed.since desc, heat desc) as rank,
             count(*) over (partition by followed.member) as total
      from followed
      join threads on threads.id = followed.thread_id and threads.removed_at is null
      left join reads on reads.member_id = followed.member and reads.thread_id = followed.thread_id
      left join thread_subscriptions as own on own.member_id = followed.member and own.thread_id = followed.thread_id
      cross join lateral (
        select posts.number, posts.excerpt, members.username as author
        from posts join members on members.id = posts.author_id
        where posts.thread_id = followed.thread_id
          and posts.number > coalesce(reads.number, 0)
          and posts.created_at > followed.since and posts.created_at <= ${sql.placeholder('until')}::timestamptz
          and posts.deleted_at is null and posts.author_id <> followed.member
          and posts.created_at > coalesce((
            select max(read_at) from board_reads
            where board_reads.member_id = followed.member and board_reads.board_id = any (threads.board_ids)
          ), '-infinity')
        order by posts.number limit 1
      ) as first
      where coalesce(own.level, '') <> 'muted'
        and (itself
          or not exists (
            select from board_subscriptions as muted
            where muted.member_id = followed.member and muted.board_id = any (threads.board_ids) and muted.level = 'muted'
          ) and not exists (
            select from crossing_subscriptions as muted
            where muted.member_id = followed.member and muted.city_id = any (threads.board_ids)
              and muted.technology_id = any (threads.board_ids) and muted.level = 'muted'
          ))
    )
    select member, board, id as thread, slug, title, language, is_new, number, excerpt, author, count, total
    from ranked where rank <= ${sql.raw(String(MOST_THREADS))} order by member, rank`,
)

interface Row {
  [column: string]: unknown
}

export interface DueMember {
  member: number
  since: Date
}

/** What some members have to be told of what was posted until a moment. */
export async function contentFor(database: Database, due: readonly DueMember[], until: Date) {
  const values = {
    members: due.map(({ member }) => member),
    since: due.map(({ since }) => since.toISOString()),
    until: until.toISOString(),
  }
  const [calls, news] = await Promise.all([findCalls(database, values), findNews(database, values)])
  return { calls: calls.map(asCall), news: news.map(asNews) }
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
})

const asNews = (row: Row): NewsOfThread => ({
  member: Number(row.member),
  thread: threadOf(row),
  board: row.board === null ? null : Number(row.board),
  isNew: row.is_new === true,
  number: Number(row.number),
  count: Number(row.count),
  author: String(row.author),
  excerpt: String(row.excerpt),
  total: Number(row.total),
})
