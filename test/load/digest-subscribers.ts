import type { DemoData } from './demo-data.ts'

const DAYS = 7
const BOARDS = 5

/** Somebody who has been away for so long, and has had no digest since, is told of two months at the most. */
const ABSENT_DAYS = 200

/**
 * Members with an address and some boards each, to whom the demo's last week is news; gone afterwards, for PostgreSQL's
 * planning too.
 */
export async function subscribeToDigests(data: DemoData, members: number): Promise<AsyncDisposable> {
  const remove = async () => {
    await data.query(`delete from members where username like 'lettre-%'`)
    await data.query('vacuum analyze')
  }
  await remove()
  await bringUpToDate(data)
  await data.query(
    `with made as (
       insert into members (username, username_key, password_hash, created_at)
       select 'lettre-' || n, 'lettre-' || n, '', now() - interval '1 year' from generate_series(1, $1::int) as n
       returning id
     ),
     addressed as (
       insert into email_addresses (member_id, address, address_key)
       select id, id || '@exemple.fr', id || '@exemple.fr' from made
     ),
     rhythm as (
       insert into digest_settings (member_id, next_at, covered_until)
       select id, now(), now() - make_interval(days => $2) from made
     )
     insert into board_subscriptions (member_id, board_id, level)
     select made.id, board, 'following'
     from made
     cross join lateral (
       select id as board from boards order by hashint8(boards.id * 7919 + made.id) limit $3
     ) as chosen`,
    [members, DAYS, BOARDS],
  )
  await data.query('analyze')
  return { [Symbol.asyncDispose]: remove }
}

/** Has so many of them be due again, as if they had had no digest yet; the first of them long absent. */
export async function makeDue(data: DemoData, ordinary: number, absent: number): Promise<void> {
  await data.query(`delete from mails where kind = 'digest'`)
  await data.query(
    `update digest_settings
     set next_at = case when place <= $1::int + $2::int then now() end,
         covered_until = now() - make_interval(days => case when place <= $2 then $4::int else $3::int end),
         seen_on = now() - make_interval(days => case when place <= $2 then $4::int else 0 end)
     from (
       select id, row_number() over (order by id) as place from members where username like 'lettre-%'
     ) as subscriber
     where member_id = subscriber.id`,
    [ordinary, absent, DAYS, ABSENT_DAYS],
  )
}

/**
 * The demo ends on the same day in every run, and digests tell of no more than two weeks: its last eight weeks are moved to
 * now. They stay there, and the next run moves them on.
 */
async function bringUpToDate(data: DemoData): Promise<void> {
  const [demo] = await data.query<{ last: string; by: string }>(
    `select max(last_post_at)::text as last, (now() - max(last_post_at))::text as by from threads`,
  )
  for (const [table, column] of [
    ['posts', 'created_at'],
    ['threads', 'created_at'],
    ['threads', 'last_post_at'],
    ['thread_boards', 'active_at'],
    ['crossing_threads', 'active_at'],
  ]) {
    await data.query(
      `update ${table} set ${column} = ${column} + $1::interval where ${column} > $2::timestamptz - interval '8 weeks'`,
      [demo?.by, demo?.last],
    )
  }
  await data.query('vacuum analyze posts, threads, thread_boards, crossing_threads')
}
