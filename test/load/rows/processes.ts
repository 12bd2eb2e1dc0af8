import { join } from 'node:path'
import { startReplica } from '../../support/replica.ts'
import { CONNECTIONS, wholeLoad } from '../compare.ts'
import type { DemoData } from '../demo-data.ts'
import { startForum } from '../forum-under-load.ts'
import { keepThreads } from '../keep-threads.ts'
import type { LoadedRequest } from '../load.ts'
import { median } from '../median.ts'
import { firstMembers, signIn } from '../members.ts'
import { ordinaryThreads } from '../pages.ts'
import type { Program } from '../program.ts'
import { ordinaryReply } from '../reply-body.ts'
import type { Bench, Result, Row } from '../row.ts'

const KINDS = ['anonymous', 'members', 'replies'] as const
type Kind = (typeof KINDS)[number]

const THREADS = 200
/** So few that each process keeps all of them after a moment. */
const KEPT = 8
const MEMBERS = 2_000
/** All processes together stay below PostgreSQL's `max_connections`. */
const SETTINGS = { RATE_LIMITS: 'off', DATABASE_POOL: '8' }
/** More than there are threads that render: each loads jsdom for its first text. */
const AT_FIRST = 8

/**
 * Several web processes on one database, with a replica and without, each given its part of the load; what counts is how they
 * stand to one process alone, which takes turns with them. On a machine with fewer processors than processes they cannot be
 * quicker: then the row says what several of them cost.
 */
export const processes: Row = {
  name: 'processes',
  async measure(bench: Bench): Promise<Result[]> {
    const data = await bench.data()
    const cookies = await signIn(data, await firstMembers(data, MEMBERS))
    await using threads = await keepThreads(data, THREADS)
    const requests = await requestsOf(data, cookies, threads.ids)
    await using endings = new AsyncDisposableStack()
    const replica = await startReplica(
      { teardown: (act) => void endings.defer(async () => void (await act())) },
      { url: data.url, cluster: join(data.folder, 'postgres') },
    )
    await using alone = await started(bench, data, 1, null)
    const results: Result[] = []
    for (const [count, url] of [
      [2, null],
      [4, null],
      [1, replica.url],
      [2, replica.url],
      [4, replica.url],
    ] as const) {
      await using several = await started(bench, data, count, url)
      results.push(await standing(bench, requests, { several, alone, withReplica: url !== null }))
    }
    return results
  },
}

type Requests = Record<Kind, LoadedRequest[]>

async function requestsOf(data: DemoData, cookies: string[], writtenIn: number[]): Promise<Requests> {
  const pages = await ordinaryThreads(data, THREADS)
  const cookie = (index: number) => cookies[index % cookies.length] ?? ''
  const reply = { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' }
  return {
    anonymous: pages.slice(0, KEPT),
    members: pages.map((page, index) => ({ ...page, headers: { ...page.headers, cookie: cookie(index) } })),
    replies: cookies.map((_, index) => ({
      path: `/threads/${writtenIn[index % writtenIn.length]}/replies`,
      headers: { ...reply, cookie: cookie(index) },
      body: String(new URLSearchParams({ body: ordinaryReply.body })),
    })),
  }
}

interface Several extends AsyncDisposable {
  forums: readonly Program[]
}

async function started(bench: Bench, data: DemoData, count: number, replica: string | null): Promise<Several> {
  await using endings = new AsyncDisposableStack()
  const settings = { ...SETTINGS, ...(replica && { DATABASE_REPLICA_URLS: replica }) }
  const forums: Program[] = []
  for (let index = 0; index < count; index += 1) {
    forums.push(endings.use(await startForum(bench, data, { settings: { ...settings, WORKER: 'off' } })))
  }
  const opened = endings.move()
  return { forums, [Symbol.asyncDispose]: () => opened.disposeAsync() }
}

interface Compared {
  several: Several
  alone: Several
  withReplica: boolean
}

async function standing(bench: Bench, requests: Requests, { several, alone, withReplica }: Compared): Promise<Result> {
  const figures: string[] = []
  const details: Record<string, object> = {}
  for (const kind of KINDS) {
    for (const one of [alone, several]) {
      if (kind === 'replies') await firstReplies(one, requests.replies)
      await perSecond(bench, one, requests[kind])
    }
    const rounds: { alone: number; several: number }[] = []
    for (let round = 0; round <= bench.rounds; round += 1) {
      rounds.push({
        alone: await perSecond(bench, alone, requests[kind]),
        several: await perSecond(bench, several, requests[kind]),
      })
    }
    const ratio = median(rounds.map((round) => round.several / round.alone))
    figures.push(`${kind} ${Math.round(median(rounds.map((round) => round.several)))}/s (× ${ratio.toFixed(2)})`)
    details[kind] = rounds
  }
  const count = several.forums.length
  return {
    what: `${count} web ${count === 1 ? 'process' : 'processes'}${withReplica ? ', a replica' : ''}`,
    target: 'said, beside one alone',
    figure: figures.join(', '),
    ratio: null,
    passed: true,
    details,
  }
}

/** What all together answer, each of whom is sent its part at the same time. */
async function perSecond(bench: Bench, { forums }: Several, requests: readonly LoadedRequest[]): Promise<number> {
  const connections = Math.ceil(CONNECTIONS / forums.length)
  const measured = await Promise.all(
    forums.map(({ origin }, place) => {
      // Each begins somewhere else, so that no two ask for the same at once.
      const from = Math.floor((place * requests.length) / forums.length)
      const turned = [...requests.slice(from), ...requests.slice(0, from)].map((one) => sentTo(one, origin))
      return wholeLoad(bench.generator, { origin, requests: turned, seconds: bench.seconds, connections })
    }),
  )
  return measured.reduce((sum, { requestsPerSecond }) => sum + requestsPerSecond, 0)
}

const sentTo = (one: LoadedRequest, origin: string): LoadedRequest =>
  one.body === undefined ? one : { ...one, headers: { ...one.headers, origin } }

async function firstReplies({ forums }: Several, replies: readonly LoadedRequest[]): Promise<void> {
  for (const { origin } of forums) {
    const replying = replies.slice(0, AT_FIRST).map(async (reply) => {
      const { path, headers, body = '' } = sentTo(reply, origin)
      const { status } = await fetch(`${origin}${path}`, { method: 'POST', headers, body, redirect: 'manual' })
      if (status !== 303) throw new Error(`A reply was answered with ${status}`)
    })
    await Promise.all(replying)
  }
}
