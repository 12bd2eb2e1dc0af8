import { pino } from 'pino'
import { readConfig } from '../../../src/config.ts'
import { replyToThread } from '../../../src/forum/discussion/reply-to-thread.ts'
import { type Forum, openForum } from '../../../src/forum/forum.ts'
import { notifyWatchers } from '../../../src/forum/notices/notify-watchers.ts'
import type { DemoData } from '../demo-data.ts'
import { median } from '../median.ts'
import type { Bench, Result, Row } from '../row.ts'

const WATCHERS = 50_000
const WATCHERS_IN_SMALL = 5_000
const LATER_REPLIES = 50
/** How much a reply may cost, by one in a thread that nobody watches. */
const MOST_TIMES = 5

/** Replies in a thread that very many watch, who are told of them in the background. */
export const watchers: Row = {
  name: 'watchers',
  async measure(bench: Bench): Promise<Result[]> {
    const data = await bench.data()
    const count = bench.small ? WATCHERS_IN_SMALL : WATCHERS
    await using crowd = await gather(data, count)
    const config = readConfig({ DATABASE_URL: data.url, DATA_DIR: data.folder, RATE_LIMITS: 'off' })
    const forum = await openForum(config, data.url, pino({ level: 'silent' }))
    try {
      const times = (thread: number, many: number) => replyTimes(forum, { thread, author: crowd.author }, many)
      await times(crowd.quiet, LATER_REPLIES)
      const unwatched = median(await times(crowd.quiet, LATER_REPLIES))
      const [first = 0] = await times(crowd.watched, 1)
      const later = median(await times(crowd.watched, LATER_REPLIES))
      const tellingBegan = performance.now()
      await notifyWatchers(forum, () => false)
      const telling = performance.now() - tellingBegan
      const told = await data.query(`select from notifications where thread_id = $1`, [crowd.watched])
      if (told.length !== count) throw new Error(`${told.length} of ${count} were told`)
      return [
        {
          what: `a reply that tells ${count} watchers`,
          target: `≤ ${MOST_TIMES} × unwatched`,
          figure: `${later.toFixed(1)} ms; unwatched ${unwatched.toFixed(1)} ms; all are told after ${Math.round(telling)} ms`,
          ratio: later / unwatched,
          passed: later <= MOST_TIMES * unwatched,
          details: { first, later, unwatched, telling },
        },
      ]
    } finally {
      await forum.close()
    }
  },
}

async function replyTimes(forum: Forum, { thread, author }: Record<'thread' | 'author', number>, many: number) {
  const times: number[] = []
  for (let number = 0; number < many; number += 1) {
    const began = performance.now()
    await replyToThread(forum, { thread, author: { id: author, role: 'member', language: 'fr' }, body: 'Bonjour.' })
    times.push(performance.now() - began)
  }
  return times
}

/** Two threads, of which one has very many watchers; all of them, and the threads, are gone afterwards. */
async function gather(data: DemoData, count: number) {
  const disperse = async () => {
    const crowd = `(select id from members where username = 'foule-1')`
    await data.query(`delete from posts where author_id in ${crowd}`)
    await data.query(`delete from threads where author_id in ${crowd}`)
    await data.query(`delete from members where username like 'foule-%'`)
  }
  await disperse()
  const [made] = await data.query<{ author: string }>(
    `with made as (
       insert into members (username, username_key, password_hash, started_level, replied_level)
       select 'foule-' || n, 'foule-' || n, '', 'none', 'none' from generate_series(1, $1::int + 1) as n
       returning id, username
     )
     select id as author from made where username = 'foule-1'`,
    [count],
  )
  const author = Number(made?.author)
  const started = await data.query<{ id: string }>(
    `with started as (
       insert into threads (title, slug, author_id, last_author_id, language, board_ids, heat)
       select 'La foule', 'la-foule', $1, $1, 'fr', '{}', 0 from generate_series(1, 2)
       returning id
     ), written as (
       insert into posts (thread_id, number, author_id, body, body_html, html_version, excerpt, language)
       select id, 1, $1, '', '', 1, '', 'fr' from started
     )
     select id from started`,
    [author],
  )
  const [watched = 0, quiet = 0] = started.map(({ id }) => Number(id))
  await data.query(
    `insert into thread_subscriptions (member_id, thread_id, level)
     select id, $1, 'watching' from members where username like 'foule-%' and id <> $2`,
    [watched, author],
  )
  await data.query('analyze')
  return { watched, quiet, author, [Symbol.asyncDispose]: disperse }
}
