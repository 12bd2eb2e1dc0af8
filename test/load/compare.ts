import type { Statement } from '../support/statements.ts'
import { startLimit, startQueriesAlone } from './limit.ts'
import type { Load, LoadedRequest, Measured } from './load.ts'
import { median } from './median.ts'
import { checkPage, type MeasuredPage, unkept } from './page.ts'
import type { Program } from './program.ts'
import type { Bench, Result } from './row.ts'

export const CONNECTIONS = 32

/** How much the average answer under load may differ from those that were looked at: the last ones are cut off. */
const LARGEST_DIFFERENCE = 0.05

/** So many of the pages are looked at. */
const LOOKED_AT = 200

export interface Compared {
  what: string
  pages: readonly MeasuredPage[]
  unique?: string
  /** The least share of the limit, or of a server that asks only the queries. */
  least: number
  of: 'the limit' | 'the same queries'
  /** What each of the pages asks the database. */
  queries?: readonly (readonly Statement[])[]
  mostRoundTrips?: number
}

interface Server {
  load: Load
  /** How many bytes its answers should have. */
  bytes?: number
}

type Rounds = Record<'limit' | 'queries' | 'forum', Measured[]>

/**
 * Measures pages of the forum, the limit and, where they are given, a server that asks only their queries, in turns; what
 * counts is the median of the ratios.
 */
export async function compare(bench: Bench, forum: Program, compared: Compared): Promise<Result> {
  const { what, pages, unique, least, of, queries, mostRoundTrips = Number.POSITIVE_INFINITY } = compared
  await using servers = new AsyncDisposableStack()
  const loadOf = ({ origin }: Program, requests: readonly LoadedRequest[]): Load => ({
    ...{ origin, requests, seconds: bench.seconds, connections: CONNECTIONS },
  })
  const ofForum = { ...loadOf(forum, pages), ...(unique && { unique }) }
  // What is kept is smaller once it has been asked for a few times.
  await bench.generator.load(ofForum)
  const looked = pages
    .filter((_, index) => index % Math.ceil(pages.length / LOOKED_AT) === 0)
    .map((page) => (unique ? unkept(page, unique) : page))
  const expected = await checkPages(forum, looked)

  const limit = servers.use(await startLimit(expected.bodyBytes))
  const measured: [keyof Rounds, Server][] = [['limit', { load: loadOf(limit, pages) }]]
  if (of === 'the same queries' && queries) {
    const alone = servers.use(await startQueriesAlone(expected.bodyBytes, await bench.data(), queries))
    const numbered = queries.map((_, index) => ({ path: `/${index}`, headers: pages[index]?.headers ?? {} }))
    measured.push(['queries', { load: loadOf(alone, numbered) }])
  }
  for (const [, { load }] of measured) await bench.generator.load(load)
  measured.push(['forum', { load: ofForum, bytes: expected.bytes }])

  const rounds: Rounds = { limit: [], queries: [], forum: [] }
  for (let round = 0; round < bench.rounds; round += 1) {
    for (const [server, { load, bytes }] of measured) {
      rounds[server].push(await wholeLoad(bench.generator, load, bytes))
    }
  }
  await checkPages(forum, looked)

  const bound = of === 'the limit' ? rounds.limit : rounds.queries
  const ratio = median(rounds.forum.map((one, round) => one.requestsPerSecond / (bound[round]?.requestsPerSecond ?? 0)))
  const roundTrips = queries && Math.max(...queries.map((asked) => asked.length))
  return {
    what,
    target: `≥ ${100 * least} % of ${of}${compared.mostRoundTrips ? `, ≤ ${mostRoundTrips} round trips` : ''}`,
    figure: [
      `${perSecond(rounds.forum)} of ${perSecond(bound)}`,
      ...(bound === rounds.limit ? [] : [`limit ${perSecond(rounds.limit)}`]),
      `p99 ${median(rounds.forum.map(({ milliseconds }) => milliseconds.p99)).toFixed(1)} ms`,
      ...(roundTrips === undefined ? [] : [`${roundTrips} round trips`]),
    ].join(', '),
    ratio,
    passed: ratio >= least && (roundTrips ?? 0) <= mostRoundTrips,
    details: { bodyBytes: expected.bodyBytes, roundTrips, rounds },
  }
}

const perSecond = (rounds: readonly Measured[]): string =>
  `${Math.round(median(rounds.map(({ requestsPerSecond }) => requestsPerSecond)))}/s`

/** Sends a load, every answer of which must be a whole one. @throws Error when one is not. */
export async function wholeLoad(generator: Bench['generator'], load: Load, bytes?: number): Promise<Measured> {
  const measured = await generator.load(load)
  if (measured.answered === 0) throw new Error(`${load.origin} answered nothing in ${load.seconds} s`)
  if (measured.failed > 0) throw new Error(`${measured.failed} answers of ${measured.answered} failed`)
  if (bytes !== undefined && Math.abs(measured.bytes / bytes - 1) > LARGEST_DIFFERENCE) {
    throw new Error(`Answers had ${Math.round(measured.bytes)} bytes under load, and ${Math.round(bytes)} before`)
  }
  return measured
}

/** Looks at pages; answers how many bytes they have on average. */
async function checkPages(
  { origin }: Program,
  pages: readonly MeasuredPage[],
): Promise<{ bytes: number; bodyBytes: number }> {
  let bytes = 0
  let bodyBytes = 0
  for (const page of pages) {
    const fetched = await checkPage(origin, page)
    bytes += fetched.bytes / pages.length
    bodyBytes += fetched.bodyBytes / pages.length
  }
  return { bytes, bodyBytes: Math.round(bodyBytes) }
}
