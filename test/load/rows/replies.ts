import { freePort } from '../../support/free-port.ts'
import { CONNECTIONS, wholeLoad } from '../compare.ts'
import type { DemoData } from '../demo-data.ts'
import { startForum } from '../forum-under-load.ts'
import { keepThreads } from '../keep-threads.ts'
import type { Load, LoadedRequest, Measured } from '../load.ts'
import { median } from '../median.ts'
import { firstMembers, signIn } from '../members.ts'
import { firstAnswer, type Program, startProgram } from '../program.ts'
import type { Bench, Result, Row } from '../row.ts'

const SERVER = `${import.meta.dirname}/../reply-server.ts`
const THREADS = 200
/** So many that the limit on writing too fast lets all pass. */
const MEMBERS = 2_000
/** Each member says something else each time: who repeats themselves is suspect, and is looked up for the moderators. */
const TEXTS = 3 * MEMBERS
/** Of the length that replies have. */
const [SHORTEST, LONGEST] = [150, 400]
/** More than there are threads that render. */
const AT_FIRST = 8
const LEAST = 0.65

/** Replies sent as forms by people in many threads, and to a server that does only what no forum can leave out. */
export const replies: Row = {
  name: 'replies',
  async measure(bench: Bench): Promise<Result[]> {
    const data = await bench.data()
    await checkDurable(data)
    await data.query('truncate attempts')
    const members = await firstMembers(data, MEMBERS)
    const cookies = await signIn(data, members)
    await using threads = await keepThreads(data, THREADS)
    await using forum = await startForum(bench, data, { profile: 'replies' })
    await using bare = await startReplyServer(data.url)

    const texts = await data.query<{ body: string }>(
      'select body from posts where length(body) between $1 and $2 order by id limit $3',
      [SHORTEST, LONGEST, TEXTS],
    )
    const body = (index: number) => texts[index % texts.length]?.body ?? ''
    const place = (index: number) => threads.ids[index % threads.ids.length]
    const ofForum = sending(bench, forum, (index) => ({
      path: `/threads/${place(index)}/replies`,
      headers: { accept: 'text/html', origin: forum.origin, cookie: cookies[index % MEMBERS] ?? '' },
      body: body(index),
    }))
    const ofBare = sending(bench, bare, (index) => ({
      path: `/threads/${place(index)}/${members[index % MEMBERS]}`,
      headers: {},
      body: body(index),
    }))
    const written = async () => Number((await data.query<{ count: number }>('select count(*) from posts'))[0]?.count)

    for (const load of [ofForum, ofBare]) {
      await firstReplies(load)
      await bench.generator.load(load)
    }
    const rounds: { bare: Measured; forum: Measured }[] = []
    for (let round = 0; round < bench.rounds; round += 1) {
      const before = await written()
      const measured = await wholeLoad(bench.generator, ofForum)
      const made = (await written()) - before
      // Those under way when time was up, before this round and in it, are written without being counted.
      if (made < measured.answered || made > measured.answered + 2 * CONNECTIONS) {
        throw new Error(`${measured.answered} replies answered, ${made} written`)
      }
      rounds.push({ forum: measured, bare: await wholeLoad(bench.generator, ofBare) })
    }

    const ratio = median(rounds.map((round) => round.forum.requestsPerSecond / round.bare.requestsPerSecond))
    const perSecond = (of: 'forum' | 'bare') => Math.round(median(rounds.map((round) => round[of].requestsPerSecond)))
    const p99 = Math.round(median(rounds.map((round) => round.forum.milliseconds.p99)))
    return [
      {
        what: `posting a reply, ${CONNECTIONS} clients`,
        target: `≥ ${100 * LEAST} % of form, rendering and rows`,
        figure: `${perSecond('forum')}/s of ${perSecond('bare')}/s, p99 ${p99} ms`,
        ratio,
        passed: ratio >= LEAST,
        details: { rounds },
      },
    ]
  },
}

/** @throws Error unless what PostgreSQL has committed outlives a power cut. */
async function checkDurable(data: DemoData): Promise<void> {
  for (const setting of ['fsync', 'synchronous_commit']) {
    const [found] = await data.query<{ value: string }>('select current_setting($1) as value', [setting])
    if (found?.value !== 'on') throw new Error(`${setting} is ${found?.value}`)
  }
}

const sending = (bench: Bench, { origin }: Program, request: (index: number) => Required<LoadedRequest>): Load => ({
  origin,
  requests: Array.from({ length: TEXTS }, (_, index) => {
    const { path, headers, body } = request(index)
    return {
      path,
      headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
      body: String(new URLSearchParams({ body })),
    }
  }),
  seconds: 2 * bench.seconds,
  connections: CONNECTIONS,
})

/** The threads that render load jsdom for the first text that they get: on a busy machine for seconds. */
async function firstReplies({ origin, requests }: Load): Promise<void> {
  const replying = requests.slice(0, AT_FIRST).map(async ({ path, headers, body = '' }) => {
    const { status } = await fetch(`${origin}${path}`, { method: 'POST', headers, body, redirect: 'manual' })
    if (status !== 303) throw new Error(`A reply was answered with ${status}`)
  })
  await Promise.all(replying)
}

async function startReplyServer(url: string): Promise<Program> {
  const options = { port: await freePort(), output: 'ignore', settings: { DATABASE_URL: url } } as const
  const server = startProgram(SERVER, [], options)
  await firstAnswer(server, '/')
  return server
}
