import { setTimeout } from 'node:timers/promises'
import { pino } from 'pino'
import { openForum } from '../../../src/compose.ts'
import { readConfig } from '../../../src/config.ts'
import { replyToThread } from '../../../src/forum/discussion/reply-to-thread.ts'
import type { Forum } from '../../../src/forum/forum.ts'
import { notifyWatchers } from '../../../src/forum/notices/notify-watchers.ts'
import { type Crowd, gatherCrowd } from '../crowd.ts'
import type { DemoData } from '../demo-data.ts'
import { median } from '../median.ts'
import type { Bench, Result, Row } from '../row.ts'

const WATCHERS = 50_000
const WATCHERS_IN_SMALL = 2_000
const THREADS = 8
const REPLIES = 50
const ROUNDS_AT_ONCE = 10
/** How much a reply may cost, by one in a thread that nobody watches. */
const MOST_TIMES = 5
/** PostgreSQL writes its statistics down once a second. */
const STATISTICS_MILLISECONDS = 1_500

/** Replies in threads that very many watch, who are told of them in the background. */
export const watchers: Row = {
  name: 'watchers',
  async measure(bench: Bench): Promise<Result[]> {
    const data = await bench.data()
    const count = bench.small ? WATCHERS_IN_SMALL : WATCHERS
    await using crowd = await gatherCrowd(data, THREADS, count)
    await using endings = new AsyncDisposableStack()
    const config = readConfig({ DATABASE_URL: data.url, DATA_DIR: data.folder, RATE_LIMITS: 'off' })
    const forum = await openForum(config, data.url, pino({ level: 'silent' }))
    endings.defer(forum.close)
    const results: Result[] = []
    await repliesIn(forum, crowd, crowd.quiet)
    for (const mails of ['none', 'all'] as const) {
      await crowd.chooseMails(mails === 'all')
      const unwatched = await repliesIn(forum, crowd, crowd.quiet)
      const watched = await repliesIn(forum, crowd, crowd.watched[0] ?? 0)
      results.push({
        what: `a reply with ${count} watchers, mails chosen by ${mails}`,
        target: `≤ ${MOST_TIMES} × one that nobody watches`,
        figure: `${watched.toFixed(1)} ms, unwatched ${unwatched.toFixed(1)} ms`,
        ratio: watched / unwatched,
        passed: watched <= MOST_TIMES * unwatched,
        details: { watched, unwatched },
      })
    }
    return [...results, await atOnce(data, forum, crowd, count)]
  },
}

/** The median of some replies in a thread, one after the other; milliseconds. */
async function repliesIn(forum: Forum, crowd: Crowd, thread: number): Promise<number> {
  const times: number[] = []
  for (let number = 0; number < REPLIES; number += 1) {
    const began = performance.now()
    await reply(forum, crowd, thread)
    times.push(performance.now() - began)
  }
  return median(times)
}

const reply = (forum: Forum, { author }: Crowd, thread: number) =>
  replyToThread(forum, { thread, author: { id: author, role: 'member', language: 'fr' }, body: 'Bonjour.' })

/** A reply in each thread at once, and as many in one thread, again and again while their watchers are told. */
async function atOnce(data: DemoData, forum: Forum, crowd: Crowd, count: number): Promise<Result> {
  const deadlocksBefore = await deadlocks(data)
  const began = performance.now()
  const telling = notifyWatchers(forum, () => false)
  for (let round = 0; round < ROUNDS_AT_ONCE; round += 1) {
    await Promise.all(crowd.watched.map((thread) => reply(forum, crowd, thread)))
    await Promise.all(crowd.watched.map(() => reply(forum, crowd, crowd.watched[0] ?? 0)))
  }
  await telling
  await notifyWatchers(forum, () => false)
  const seconds = (performance.now() - began) / 1_000
  const [told] = await data.query<{ count: number }>(
    'select count(*)::int as count from notifications where thread_id = any($1)',
    [crowd.watched],
  )
  if (told?.count !== count * THREADS) throw new Error(`${told?.count} of ${count * THREADS} were told`)
  const found = (await deadlocks(data)) - deadlocksBefore
  return {
    what: `${THREADS} such replies at once, while watchers are told`,
    target: 'no deadlock',
    figure: `${found} deadlocks; all ${count * THREADS} told in ${seconds.toFixed(1)} s`,
    ratio: null,
    passed: found === 0,
    details: { seconds },
  }
}

async function deadlocks(data: DemoData): Promise<number> {
  await setTimeout(STATISTICS_MILLISECONDS)
  const [found] = await data.query<{ deadlocks: number }>(
    'select deadlocks::int from pg_stat_database where datname = current_database()',
  )
  return found?.deadlocks ?? 0
}
