import { freePort } from '../../support/free-port.ts'
import { wholeLoad } from '../against-limit.ts'
import { chooseBareReplies } from '../bare-replies.ts'
import { startForum } from '../forum-under-load.ts'
import { keepThreads } from '../keep-threads.ts'
import type { LoadedRequest } from '../load.ts'
import { median } from '../median.ts'
import { signIn } from '../members.ts'
import { firstAnswer, type Program, startProgram } from '../program.ts'
import { renderedReply } from '../reply-body.ts'
import type { Bench, Result, Row } from '../row.ts'

const CLIENTS = 32
const THREADS = 200
/** So many that the limit on writing too fast lets all pass. */
const MEMBERS = 2_000
const TARGET = 0.5

/**
 * Replies sent as forms by people in many threads, PostgreSQL writing the same rows by itself, and between the two what
 * no forum can leave out: see `reply-server.ts`.
 */
export const replies: Row = {
  name: 'replies',
  async measure(bench: Bench): Promise<Result[]> {
    const data = await bench.data()
    await data.query('truncate attempts')
    const cookies = await signIn(data, MEMBERS)
    const members = (await data.query<{ id: number }>('select id from members order by id limit $1', [MEMBERS])).map(
      ({ id }) => id,
    )
    await using threads = await keepThreads(data, THREADS)
    await using forum = await startForum(bench, data, { profile: 'replies' })
    const bare = await chooseBareReplies()

    const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html', origin: forum.origin }
    const requests = cookies.map((cookie, index) => ({
      path: `/threads/${threads.ids[index % threads.ids.length]}/replies`,
      headers: { ...headers, cookie },
      body: String(new URLSearchParams({ body: renderedReply.body })),
    }))
    const load = { origin: forum.origin, requests, seconds: bench.seconds, connections: CLIENTS }
    const bareLoad = { url: data.url, threads: threads.ids, members, clients: CLIENTS, seconds: bench.seconds }
    const written = async () => Number((await data.query<{ count: number }>('select count(*) from posts'))[0]?.count)

    await wholeLoad(bench.generator, load)
    await bare.measure(bareLoad)
    await using server = await startReplyServer(data.url)
    const served = { ...load, origin: server.origin, requests: toServer(threads.ids, members) }
    await wholeLoad(bench.generator, served)
    const rounds: { limit: number; served: number; forum: number; p99: number }[] = []
    for (let round = 0; round < bench.rounds; round += 1) {
      const limit = await bare.measure(bareLoad)
      const before = await written()
      const { requestsPerSecond, answered, milliseconds } = await wholeLoad(bench.generator, load)
      const made = (await written()) - before
      // Those under way when time was up are written without being counted.
      if (made < answered || made > answered + CLIENTS) throw new Error(`${answered} replies answered, ${made} written`)
      const { requestsPerSecond: servedPerSecond } = await wholeLoad(bench.generator, served)
      rounds.push({ limit, served: servedPerSecond, forum: requestsPerSecond, p99: milliseconds.p99 })
    }

    const ratioOf = (of: 'forum' | 'served') => median(rounds.map((round) => round[of] / round.limit))
    const middle = (of: keyof (typeof rounds)[number]) => Math.round(median(rounds.map((round) => round[of])))
    const ratio = ratioOf('forum')
    return [
      {
        what: `posting a reply, ${CLIENTS} clients`,
        target: `≥ ${100 * TARGET} % of ${bare.name}`,
        figure: `${middle('forum')}/s of ${middle('limit')}/s, p99 ${middle('p99')} ms`,
        ratio,
        passed: ratio >= TARGET,
        details: { rounds },
      },
      {
        what: 'a form that is read, rendered, and written',
        target: 'to compare with',
        figure: `${middle('served')}/s of ${middle('limit')}/s`,
        ratio: ratioOf('served'),
        passed: true,
        details: {},
      },
    ]
  },
}

async function startReplyServer(url: string): Promise<Program> {
  const file = `${import.meta.dirname}/../reply-server.ts`
  const settings = { DATABASE_URL: url }
  const server = startProgram(file, [], { port: await freePort(), output: 'ignore', settings })
  await firstAnswer(server, '/')
  return server
}

/** The same people in the same threads, as the server without sessions is told them. */
const toServer = (threads: readonly number[], members: readonly number[]): LoadedRequest[] =>
  members.map((member, index) => ({
    path: `/threads/${threads[index % threads.length]}/${member}`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: String(new URLSearchParams({ body: renderedReply.body })),
  }))
