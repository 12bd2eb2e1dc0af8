import { pino } from 'pino'
import { openForum } from '../../../src/compose.ts'
import { readConfig } from '../../../src/config.ts'
import { replyToThread } from '../../../src/forum/discussion/reply-to-thread.ts'
import type { Forum } from '../../../src/forum/forum.ts'
import { answerQuestion } from '../../../src/forum/search/answer-question.ts'
import { readSearchCursor } from '../../../src/forum/search/search-cursor.ts'
import { indexReply } from '../../../src/forum/search/steps.ts'
import type { Question } from '../../../src/forum/search/understand.ts'
import type { DemoData } from '../demo-data.ts'
import { keepThreads } from '../keep-threads.ts'
import { median } from '../median.ts'
import { firstMembers } from '../members.ts'
import { shareBelow } from '../percentile.ts'
import { ordinaryReply } from '../reply-body.ts'
import type { Bench, Result, Row } from '../row.ts'

const SMALLEST = 20_000
const MOST_MILLISECONDS = 50
const LONGEST_MILLISECONDS = 2_000
const MOST_GROWTH = 1.2
/** Posts that have a word which is taken as equally rare in a small forum and in a large one. */
const AS_MANY = 600
/** Below this, in milliseconds, what is measured is the clock. */
const TOO_SHORT = 5
const FULL = { times: 60, replies: 400 }
const SMALL = { times: 20, replies: 150 }
/** Each question is asked so often: the quickest time is the one that nothing else disturbed. */
const TIMES_EACH = 3
/** What a reply may cost more by being found: the write-ahead log of its row and of the words in the index. */
const MOST_ADDED = 0.25
/** Two searches and a reply share what processors there are: a reply that had to wait for one would take far longer. */
const MOST_DISTURBED = 3

const NOTHING: Question = {
  ...{ q: '', board: '', author: '', after: '', before: '', in: '', lang: '', has: '', thread: null },
}

type Asked = Partial<Question> & { sort?: 'new' }

/** Searches of each kind over the demo set, what they cost a reply, and how large their index is. */
export const search: Row = {
  name: 'search',
  async measure(bench: Bench): Promise<Result[]> {
    const { times, replies } = bench.small ? SMALL : FULL
    const data = await bench.data()
    await using forum = await openSearched(data)
    const results: Result[] = []
    const found = await questionsFor(data, times)
    for (const [kind, questions] of Object.entries(found)) {
      const took = await timesOf(forum, questions)
      const [p95, longest] = [percentile(took, 0.95), Math.max(...took)]
      results.push({
        what: `search, ${kind}`,
        target: `p95 ≤ ${MOST_MILLISECONDS} ms, never ${LONGEST_MILLISECONDS / 1_000} s`,
        figure: `p95 ${p95.toFixed(1)} ms, longest ${longest.toFixed(1)} ms`,
        ratio: null,
        passed: p95 <= MOST_MILLISECONDS && longest < LONGEST_MILLISECONDS,
        details: { took },
      })
    }
    const rare = median(await timesOf(forum, await wordsOfAsMany(data, times)))
    return [
      ...results,
      await growthOf(bench, rare, times),
      await sizeOf(data),
      ...(await costOf(data, forum, replies, found['two common words'] ?? [])),
    ]
  },
}

/** What a share of some numbers does not exceed. */
const percentile = (numbers: readonly number[], share: number): number =>
  shareBelow(Float64Array.from(numbers).sort(), share)

interface Searched extends Forum, AsyncDisposable {}

async function openSearched(data: DemoData): Promise<Searched> {
  const config = readConfig({ DATABASE_URL: data.url, DATA_DIR: data.folder, RATE_LIMITS: 'off' })
  const forum = await openForum(config, data.url, pino({ level: 'error' }))
  return { ...forum, [Symbol.asyncDispose]: () => forum.close() }
}

/** How long each question took, in milliseconds: in the database, and the little that this process does with it. */
async function timesOf(forum: Forum, questions: readonly Asked[]): Promise<number[]> {
  const ask = ({ sort = undefined, ...asked }: Asked) =>
    answerQuestion(
      forum,
      { ...NOTHING, ...asked },
      { order: sort ?? 'best', cursor: readSearchCursor(''), timeZone: null },
    )
  for (const question of questions.slice(0, 3)) await ask(question)
  const took: number[] = []
  for (const question of questions) {
    let quickest = Number.POSITIVE_INFINITY
    for (let time = 0; time < TIMES_EACH; time += 1) {
      const began = performance.now()
      await ask(question)
      quickest = Math.min(quickest, performance.now() - began)
    }
    took.push(quickest)
  }
  return took
}

/** Questions of every kind, out of the words that are there. */
async function questionsFor(data: DemoData, times: number): Promise<Record<string, Asked[]>> {
  await data.query('analyze search_rows')
  const words = await data.query<{ word: string; posts: number }>(`
    select word, ndoc as posts from ts_stat('select words from search_rows tablesample system (10) repeatable (1)')
    where word ~ '^[a-z]{4,}$' order by ndoc desc, word`)
  const bodies = await data.query<{ excerpt: string; author: string; board: string }>(`
    select excerpt, members.username as author, boards.slug as board
    from posts join members on members.id = author_id
    join threads on threads.id = thread_id join boards on boards.id = threads.board_ids[1]
    where posts.deleted_at is null and posts.id % 97 = 1 order by posts.id limit ${times}`)
  const common = words.slice(0, 20).map(({ word }) => word)
  const rare = words.slice(-times).map(({ word }) => word)
  const each = (ask: (place: number) => Asked) => bodies.map((_, place) => ask(place))
  const commonAt = (place: number) => common[place % common.length] ?? ''
  return {
    'a rare word': each((place) => ({ q: rare[place % rare.length] ?? '' })),
    'a common word': each((place) => ({ q: commonAt(place) })),
    'two common words': each((place) => ({ q: `${commonAt(place)} ${commonAt(place + 7)}` })),
    'a phrase': bodies.map(({ excerpt }) => ({ q: `"${excerpt.split(' ').slice(2, 5).join(' ')}"` })),
    'a common word on a board': bodies.map(({ board }, place) => ({ q: commonAt(place), board })),
    'a common word of an author': bodies.map(({ author }, place) => ({ q: commonAt(place), author })),
    'a common word, newest first': each((place) => ({ q: commonAt(place), sort: 'new' })),
    '300 characters': bodies.map(({ excerpt }) => ({ q: `${excerpt} ${excerpt}`.slice(0, 300) })),
  }
}

/** Words that stand in about as many posts, however large the forum: its rarest words stand in more, the larger it is. */
async function wordsOfAsMany(data: DemoData, times: number): Promise<Asked[]> {
  await data.query('analyze search_rows')
  const words = await data.query<{ word: string }>(
    `select word from ts_stat('select words from search_rows tablesample system (10) repeatable (1)')
     where word ~ '^[a-z0-9]{4,}$' order by abs(10 * ndoc - $1::int), word limit $2`,
    [AS_MANY, times],
  )
  return words.map(({ word }) => ({ q: word }))
}

/** Words of as many posts in a small forum and in this one. */
async function growthOf(bench: Bench, large: number, times: number): Promise<Result> {
  const data = await bench.data(SMALLEST)
  await using forum = await openSearched(data)
  const small = median(await timesOf(forum, await wordsOfAsMany(data, times)))
  const ratio = (large + TOO_SHORT) / (small + TOO_SHORT)
  return {
    what: `a word in ${AS_MANY} posts, from ${SMALLEST} to ${bench.posts} posts`,
    target: `within ${Math.round(100 * (MOST_GROWTH - 1))} %`,
    figure: `${small.toFixed(1)} ms to ${large.toFixed(1)} ms`,
    ratio,
    passed: ratio <= MOST_GROWTH,
    details: {},
  }
}

async function sizeOf(data: DemoData): Promise<Result> {
  const [size] = await data.query<{ rows: number; indexes: number; posts: number }>(`
    select pg_table_size('search_rows')::float8 as rows, pg_indexes_size('search_rows')::float8 as indexes,
           pg_total_relation_size('posts')::float8 as posts`)
  const { rows = 0, indexes = 0, posts = 1 } = size ?? {}
  const megabytes = (bytes: number) => `${Math.round(bytes / 2 ** 20)} MB`
  return {
    what: 'size of the search',
    target: 'no more than the posts',
    figure: `rows ${megabytes(rows)}, indexes ${megabytes(indexes)}, posts ${megabytes(posts)}`,
    ratio: (rows + indexes) / posts,
    passed: rows + indexes <= posts,
    details: { rows, indexes, posts },
  }
}

/** Replies with and without their row of the search, one after the other; and while others search. */
async function costOf(data: DemoData, forum: Forum, times: number, questions: readonly Asked[]): Promise<Result[]> {
  const [member = 1] = await firstMembers(data, 1)
  await using threads = await keepThreads(data, 20)
  const without = {
    ...forum,
    steps: { ...forum.steps, reply: forum.steps.reply.filter((step) => step !== indexReply) },
  }
  const took: Record<'with' | 'without', number[]> = { with: [], without: [] }
  const author = { id: member, role: 'member', language: 'fr' } as const
  const reply = async (one: Forum, time: number): Promise<number> => {
    const thread = threads.ids[time % threads.ids.length] ?? 0
    const began = performance.now()
    await replyToThread(one, { thread, author, body: ordinaryReply.body })
    return performance.now() - began
  }
  for (let time = 0; time < times; time += 1) {
    took.with.push(await reply(forum, time))
    took.without.push(await reply(without, time))
  }
  let searching = true
  const search = async () => {
    while (searching) await timesOf(forum, questions)
  }
  const searches = [search(), search()]
  const together: number[] = []
  for (let time = 0; time < times; time += 1) together.push(await reply(forum, time))
  searching = false
  await Promise.all(searches)
  const [withIt, withoutIt] = [median(took.with), median(took.without)]
  const ratio = withIt / withoutIt
  const disturbed = median(together) / withIt
  const ownCost = {
    what: 'a reply, with its row of the search',
    target: `at most ${Math.round(100 * MOST_ADDED)} % more`,
    figure: `${withoutIt.toFixed(2)} ms to ${withIt.toFixed(2)} ms, p99 ${percentile(took.without, 0.99).toFixed(1)} ms to ${percentile(took.with, 0.99).toFixed(1)} ms`,
    ratio,
    passed: ratio <= 1 + MOST_ADDED,
    details: took,
  }
  const disturbance = {
    what: 'a reply, while two others always search',
    target: `at most ${MOST_DISTURBED} times as long`,
    figure: `${withIt.toFixed(2)} ms to ${median(together).toFixed(2)} ms, p99 ${percentile(together, 0.99).toFixed(1)} ms`,
    ratio: disturbed,
    passed: disturbed <= MOST_DISTURBED,
    details: { together },
  }
  return [ownCost, disturbance]
}
