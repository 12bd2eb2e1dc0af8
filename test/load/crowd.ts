import type { DemoData } from './demo-data.ts'

/** Threads that very many watch, and one that nobody does; all of them, and the watchers, are gone afterwards. */
export interface Crowd extends AsyncDisposable {
  watched: number[]
  quiet: number
  /** Who writes; watches none of them. */
  author: number
  /** Whether all who watch are told by mail too. */
  chooseMails(all: boolean): Promise<void>
}

const CROWD = `members.username like 'foule-%'`

export async function gatherCrowd(data: DemoData, threads: number, watchers: number): Promise<Crowd> {
  await disperse(data)
  const [made] = await data.query<{ author: string }>(
    `with made as (
       insert into members (username, username_key, password_hash, started_level, replied_level)
       select 'foule-' || n, 'foule-' || n, '', 'none', 'none' from generate_series(1, $1::int + 1) as n
       returning id, username
     ),
     rhythm as (insert into digest_settings (member_id, next_at) select id, null from made)
     select id as author from made where username = 'foule-1'`,
    [watchers],
  )
  const author = Number(made?.author)
  const started = await data.query<{ id: string }>(
    `with started as (
       insert into threads (title, slug, author_id, last_author_id, language, board_ids, heat)
       select 'La foule', 'la-foule', $1, $1, 'fr', '{}', 0 from generate_series(1, $2::int + 1)
       returning id
     ), written as (
       insert into posts (thread_id, number, author_id, body, body_html, html_version, excerpt, language)
       select id, 1, $1, '', '', 1, '', 'fr' from started
     )
     select id from started`,
    [author, threads],
  )
  const [quiet = 0, ...watched] = started.map(({ id }) => Number(id))
  await data.query(
    `insert into thread_subscriptions (member_id, thread_id, level)
     select id, thread, 'watching' from members cross join unnest($1::bigint[]) as thread where ${CROWD} and id <> $2`,
    [watched, author],
  )
  await data.query('analyze')
  return {
    ...{ watched, quiet, author },
    async chooseMails(all) {
      await data.query(
        `update digest_settings set notify_by_mail = $1 from members where members.id = member_id and ${CROWD}`,
        [all],
      )
    },
    [Symbol.asyncDispose]: () => disperse(data),
  }
}

async function disperse(data: DemoData): Promise<void> {
  const author = `(select id from members where username = 'foule-1')`
  await data.query(`delete from posts where author_id in ${author}`)
  await data.query(`delete from threads where author_id in ${author}`)
  await data.query(`delete from members where ${CROWD}`)
  await data.query('vacuum analyze members, thread_subscriptions, notifications, posts, threads')
}
