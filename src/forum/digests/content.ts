import { type SQL, sql } from 'drizzle-orm'
import type { Database, Transaction } from '../../platform/database/database.ts'
import type { MemberName } from '../../schema/members.ts'
import { isMuted } from '../following/muted.ts'
import type { Forum } from '../forum.ts'
import { activeThreads, type Candidate, type DueMember } from './active-threads.ts'

/** How many threads a digest lists, the liveliest first. It only counts the others. */
export const MOST_THREADS = 20
/** How many answers and mentions a digest lists. It only counts the others. */
export const MOST_CALLS = 10
/** More threads are read than listed, because in some all news is by the member themself, or deleted. */
const CANDIDATES = MOST_THREADS + 10

/** A thread with its boards, as a digest names it. */
interface ToldThread {
  id: number
  slug: string
  title: string
  language: string
  boardIds: number[]
}

/** A post for the member: an answer to one of theirs, or a mention. */
export interface Call {
  member: number
  kind: 'answer' | 'mention'
  thread: ToldThread
  number: number
  at: Date
  author: MemberName
  excerpt: string
  excerptLanguage: string
  /** How many such posts there are in total. */
  total: number
}

/** A thread with unread posts, without those that are answers or mentions. */
export interface NewsOfThread {
  member: number
  thread: ToldThread
  /** The followed board that it is listed under, or the city of a crossing; null when the thread itself is followed. */
  board: number | null
  /** For a crossing: its technology. */
  technology: number | null
  /** The followed search that found it; null for other threads. */
  search: string | null
  /** Whether it is unread from its first post on. */
  isNew: boolean
  /** The first unread post, and how many other people have posted since. */
  number: number
  /** When that post was written. */
  at: Date
  count: number
  author: MemberName
  excerpt: string
  excerptLanguage: string
  /** How many threads with news the member has in total. */
  total: number
}

/** A moment in milliseconds since 1970. */
const milliseconds = (moment: SQL): SQL => sql`(extract(epoch from ${moment}) * 1000)::float8`

/**
 * The moment of a post, written so that no index fits. Otherwise PostgreSQL uses the BRIN index of all posts, and reads
 * all of that index for each thread of each member.
 */
const postedAt = sql`(posts.created_at + interval '0')`

/** Answers and mentions, the newest first. */
const callsOf = (due: SQL, until: SQL) => sql`
  select due.member, told.kind, told.thread, told.slug, told.title, told.language, told."boardIds", told.number, told.at,
         members.username as author, told.excerpt, told.excerpt_language as "excerptLanguage", told.total
  from ${due}
  cross join lateral (
    select notifications.id, kind, threads.id as thread, slug, title, threads.language, board_ids::int[] as "boardIds",
           notifications.number, ${milliseconds(sql`posts.created_at`)} as at, posts.author_id, posts.excerpt, posts.language as excerpt_language, count(*) over () as total
    from notifications
    join threads on threads.id = notifications.thread_id and removed_at is null
    join posts
      on posts.thread_id = notifications.thread_id and posts.number = notifications.number and deleted_at is null
    where notifications.member_id = due.member and kind in ('answer', 'mention') and read_at is null
      and notifications.created_at > due.since and notifications.created_at <= ${until}
      and not (${isMuted(sql`due.member`, sql`threads.id`, sql`threads.board_ids`)})
      and not exists (select from mutes where mutes.member_id = due.member and muted_id = posts.author_id)
    order by notifications.id desc limit ${sql.raw(String(MOST_CALLS))}
  ) as told
  join members on members.id = told.author_id
  order by due.member, told.id desc`

/**
 * The news of active threads. Reads posts only of the liveliest; the others are just counted, because the thread's own
 * row says that somebody has posted.
 */
const newsOf = (candidates: SQL, until: SQL) => sql`
    with candidate as materialized (select * from ${candidates}),
    told as materialized (
      -- Once for all members whose time is the same: else a thread would be walked through for each of them. The last post
      -- that is not of this time: from the end back, because a thread may have thousands of older ones.
      select thread_id, since, coalesce((
        select number from posts
        where posts.thread_id = candidate.thread_id and ${postedAt} <= candidate.since
          -- Those that were moved here stand behind newer ones.
          and not exists (select from moved_posts where moved_posts.post_id = posts.id)
        order by number desc limit 1
      ), 0) as number
      from (select distinct thread_id, since from candidate) as candidate
    ),
    ranked as (
      select due.*, slug, title, threads.language, board_ids::int[] as boards, first.*, first.number = 1 as is_new,
             row_number() over (partition by due.member order by first.number = 1 desc, heat desc) as rank,
             count(*) over (partition by due.member) as total
      from candidate as due
      join threads on threads.id = due.thread_id
      join told on told.thread_id = due.thread_id and told.since = due.since
      cross join lateral (
        select posts.number, posts.id as post, posts.excerpt, posts.language as excerpt_language, posts.author_id, ${milliseconds(sql`posts.created_at`)} as at
        from posts
        where posts.thread_id = due.thread_id and posts.number > greatest(due.read, told.number)
          and ${postedAt} > due.since and ${postedAt} <= ${until}
          and posts.deleted_at is null and posts.author_id <> due.member
          and not exists (select from mutes where mutes.member_id = due.member and muted_id = posts.author_id)
          and not exists (
            select from notifications
            where notifications.member_id = due.member and notifications.thread_id = posts.thread_id
              and notifications.number = posts.number and kind in ('answer', 'mention')
          )
        order by posts.number limit 1
      ) as first
    )
    select due.member, board, technology, search, due.thread_id as thread, slug, title,
           due.language, due.boards as "boardIds", is_new as "isNew", due.number, due.at, due.excerpt, due.excerpt_language as "excerptLanguage", members.username as author, total,
           last.number - due.number + 1 - deleted.count - own.count - calls.count as count
    from ranked as due
    join members on members.id = due.author_id
    cross join lateral (
      select number from posts
      where thread_id = due.thread_id and ${postedAt} <= ${until}
      order by number desc limit 1
    ) as last
    cross join lateral (
      select count(*) from posts
      where thread_id = due.thread_id and change_number > 0 and number between due.number and last.number
        and deleted_at is not null
    ) as deleted
    cross join lateral (
      select count(*) filter (where thread_id = due.thread_id and number <= last.number and deleted_at is null)
      from posts
      where author_id = due.member and id > due.post
    ) as own
    cross join lateral (
      select count(*) from notifications
      where notifications.member_id = due.member and notifications.thread_id = due.thread_id
        and notifications.number between due.number and last.number and kind in ('answer', 'mention')
    ) as calls
    where rank <= ${sql.raw(String(MOST_THREADS))}
    order by due.member, rank`

type RowOfThread = { thread: number; slug: string; title: string; language: string; boardIds: number[]; at: number }

type CallRow = Omit<Call, 'thread' | 'at'> & RowOfThread
type NewsRow = Omit<NewsOfThread, 'thread' | 'at'> & RowOfThread

/** The contents of these members' digests, up to a moment. */
export async function contentFor(
  forum: Forum,
  database: Database | Transaction,
  due: readonly DueMember[],
  until: Date,
): Promise<{ calls: Call[]; news: NewsOfThread[] }> {
  if (due.length === 0) return { calls: [], news: [] }
  const members = sql.param(due.map(({ member }) => member))
  const since = sql.param(due.map(({ since }) => since.toISOString()))
  const given = sql`unnest(${members}::bigint[], ${since}::timestamptz[]) as due (member, since)`
  const moment = sql`${until.toISOString()}::timestamptz`
  const calls = await database.execute<CallRow>(callsOf(given, moment))
  const { candidates: followed, active } = await activeThreads(database, due, CANDIDATES)
  const candidates = [...followed, ...(await foundBesides(forum, database, due, until, followed))]
  const column = (read: (candidate: Candidate) => number | string | null) => sql.param(candidates.map(read))
  const liveliest = sql`unnest(
    ${column(({ member }) => member)}::bigint[], ${column(({ thread }) => thread)}::bigint[],
    ${column(({ since }) => since.toISOString())}::timestamptz[], ${column(({ read }) => read)}::int[],
    ${column(({ board }) => board)}::bigint[], ${column(({ technology }) => technology)}::bigint[],
    ${column(({ search }) => search)}::text[]
  ) as candidate (member, thread_id, since, read, board, technology, search)`
  const { rows } = await database.execute<NewsRow>(newsOf(liveliest, moment))
  const uncounted = (member: number) => Math.max(0, (active.get(member) ?? 0) - CANDIDATES)
  const news = rows.map(withThread).map((told) => ({ ...told, total: told.total + uncounted(told.member) }))
  return { calls: calls.rows.map(withThread), news }
}

/** What other subjects find for these members: each thread once, and none that is listed already. */
async function foundBesides(
  forum: Forum,
  database: Database | Transaction,
  due: readonly DueMember[],
  until: Date,
  followed: readonly Candidate[],
): Promise<Candidate[]> {
  const since = new Map(due.map((one) => [one.member, one.since]))
  const told = new Set(followed.map(({ member, thread }) => `${member} ${thread}`))
  const besides: Candidate[] = []
  for (const find of forum.steps.digestFinds) {
    for (const { member, thread, number, search } of await find(forum, database, due, until)) {
      if (told.has(`${member} ${thread}`)) continue
      told.add(`${member} ${thread}`)
      const from = { member, thread, since: since.get(member) ?? until, read: number - 1 }
      besides.push({ ...from, board: null, technology: null, search })
    }
  }
  return besides
}

/** The columns of a thread in one object. */
const withThread = <Row extends RowOfThread>({ thread: id, slug, title, language, boardIds, at, ...row }: Row) => ({
  ...row,
  at: new Date(at),
  thread: { id, slug, title, language, boardIds },
})
