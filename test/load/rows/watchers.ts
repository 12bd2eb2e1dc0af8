import { pino } from 'pino'
import { readConfig } from '../../../src/config.ts'
import { replyToThread } from '../../../src/features/posts/reply-to-thread.ts'
import { type Forum, openForum } from '../../../src/platform/forum.ts'
import type { DemoData } from '../demo-data.ts'
import { median } from '../median.ts'
import type { Bench, Result, Row } from '../row.ts'

const WATCHERS = 50_000
const WATCHERS_IN_SMALL = 5_000
const LATER_REPLIES = 50
/** How much a reply may cost, by one in a thread that nobody watches, where all have been told and none has come back. */
const MOST_TIMES = 5

/** Replies in a thread that very many watch: the first tells all of them, the others find them told. */
export const watchers: Row = {
  name: 'watchers',
  async measure(bench: Bench): Promise<Result[]> {
    const data = await bench.data()
    const count = bench.small ? WATCHERS_IN_SMALL : WATCHERS
    await using crowd = await gather(data, count)
    const config = readConfig({ DATABASE_URL: data.url, DATA_DIR: data.folder })
    const forum = await openForum(config, data.url, pino({ level: 'silent' }))
    try {
      const times = (thread: number, many: number) => replyTimes(forum, { thread, author: crowd.author }, many)
      await times(crowd.quiet, LATER_REPLIES)
      const unwatched = median(await times(crowd.quiet, LATER_REPLIES))
      const [first = 0] = await times(crowd.watched, 1)
      const later = median(await times(crowd.watched, LATER_REPLIES))
      const told = await data.query(`select from notifications where thread_id = $1`, [crowd.watched])
      if (told.length !== count) throw new Error(`${told.length} of ${count} were told`)
      return [
        {
          what: `a reply that tells ${count} watchers`,
          target: `the next ones ≤ ${MOST_TIMES} × unwatched`,
          figure: `${Math.round(first)} ms, the next ones ${later.toFixed(1)} ms; unwatched ${unwatched.toFixed(1)} ms`,
          ratio: later / unwatched,
          passed: later <= MOST_TIMES * unwatched,
          details: { first, later, unwatched },
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

/** Members of their own who watch a thread of the demo's, and another that nobody watches; all as it was afterwards. */
async function gather(data: DemoData, count: number) {
  const threads = await data.query<{ id: string }>(
    `select id from threads where last_number between 10 and 30 and removed_at is null and locked_at is null
     order by id limit 2`,
  )
  const [watched = 0, quiet = 0] = threads.map(({ id }) => Number(id))
  const disperse = async () => {
    await data.query(`delete from posts where author_id in (select id from members where username = 'foule-1')`)
    await data.query(
      `update threads set last_number = (select max(number) from posts where thread_id = threads.id) where id in ($1, $2)`,
      [watched, quiet],
    )
    await data.query(`delete from members where username like 'foule-%'`)
  }
  await disperse()
  await data.query(`delete from thread_subscriptions where thread_id in ($1, $2)`, [watched, quiet])
  const made = await data.query<{ id: string }>(
    `with made as (
       insert into members (username, username_key, password_hash, started_level, replied_level)
       select 'foule-' || n, 'foule-' || n, '', 'none', 'none' from generate_series(1, $1::int + 1) as n
       returning id
     ), watching as (
       insert into thread_subscriptions (member_id, thread_id, level)
       select id, $2, 'watching' from made where id > (select min(id) from made)
     )
     select min(id) as id from made`,
    [count, watched],
  )
  await data.query('analyze')
  return { watched, quiet, author: Number(made[0]?.id), [Symbol.asyncDispose]: disperse }
}
