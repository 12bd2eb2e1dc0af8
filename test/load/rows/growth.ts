import { mkdir, writeFile } from 'node:fs/promises'
import type pg from 'pg'
import { type Database, openDatabase } from '../../../src/platform/database/database.ts'
import { largestPages } from '../../support/largest-pages.ts'
import { type ExplainedQuery, explain } from '../../support/plans.ts'
import type { Statement } from '../../support/statements.ts'
import { median } from '../median.ts'
import { firstMembers, signIn } from '../members.ts'
import { openRecorder } from '../recorder.ts'
import type { Bench, Result, Row } from '../row.ts'
import { RESULTS } from '../table.ts'

const FULL = { runs: 3, times: 20, posts: [20_000, 1_000_000] }
const SMALL = { runs: 3, times: 8, posts: [20_000, 100_000] }
const MOST_GROWTH = 0.2
/** Below this, in milliseconds, what is measured is the clock. */
const TOO_SHORT = 0.05
/** So many blocks are little: a few more are indexes that have become one step deeper. */
const FEW_BLOCKS = 20

interface MeasuredForum {
  posts: number
  database: Database
  client: pg.PoolClient
  /** What each page asks. */
  pages: Map<string, Statement[]>
}

/** A page in forums of several sizes, from the smallest on. */
interface Growth {
  page: string
  blocks: number[]
  /** Of each run. */
  milliseconds: number[][]
}

/** What pages ask the database, in a small forum and in a large one. The plans of both are written out. */
export const growth: Row = {
  name: 'growth',
  async measure(bench: Bench): Promise<Result[]> {
    const { runs, times, posts } = bench.small ? SMALL : FULL
    const forums: MeasuredForum[] = []
    for (const size of posts) forums.push(await openMeasured(bench, size))
    const pages: Growth[] = []
    for (const page of forums[0]?.pages.keys() ?? []) {
      const measured: Growth = { page, blocks: [], milliseconds: [] }
      for (let run = 0; run < runs; run += 1) {
        const explained = await quickest(forums, page, times)
        measured.blocks = explained.map((queries) => sum(queries.map(({ blocks }) => blocks)))
        measured.milliseconds.push(explained.map((queries) => sum(queries.map(({ milliseconds }) => milliseconds))))
        await writePlans(page, forums, explained)
      }
      pages.push(measured)
    }
    for (const { client, database } of forums) {
      client.release()
      await database.$client.end()
    }
    const grown = `from ${posts.join(' to ')} posts`
    return [
      resultOf(`blocks that a page reads, ${grown}`, pages, ({ blocks }) => growthOf(blocks, FEW_BLOCKS)),
      resultOf(`its time in the database, median of ${runs} runs, ${grown}`, pages, ({ milliseconds }) =>
        median(milliseconds.map((run) => growthOf(run, TOO_SHORT))),
      ),
    ]
  },
}

/** How many times as much as in the smallest forum, where a little is no difference. */
const growthOf = (sizes: readonly number[], little: number): number =>
  ((sizes.at(-1) ?? 0) + little) / ((sizes[0] ?? 0) + little)

function resultOf(what: string, pages: readonly Growth[], growing: (page: Growth) => number): Result {
  const sorted = pages
    .map((page) => ({ ...page, growth: growing(page) }))
    .sort((one, other) => other.growth - one.growth)
  const short = sorted.filter((page) => page.growth > 1 + MOST_GROWTH)
  const named = short.length > 0 ? short : sorted.slice(0, 1)
  return {
    what,
    target: `within ${100 * MOST_GROWTH} %`,
    figure: `${pages.length - short.length} of ${pages.length} pages; ${named.map(inWords).join('; ')}`,
    ratio: sorted[0]?.growth ?? null,
    passed: short.length === 0,
    details: { pages: sorted },
  }
}

const inWords = (page: Growth & { growth: number }): string => `${page.page} ${Math.round(100 * page.growth)} %`

/** Asks every page as a member would, and notes what that asks the database. */
async function openMeasured(bench: Bench, posts: number): Promise<MeasuredForum> {
  const data = await bench.data(posts)
  const database = await openDatabase(data.url, 1)
  await using recorder = await openRecorder(data)
  const [cookie = ''] = await signIn(data, await firstMembers(data, 1))
  const pages = new Map<string, Statement[]>()
  for (const [page, path] of Object.entries(await largestPages(database.$client))) {
    pages.set(page, await recorder.queriesOf({ path, headers: { cookie } }))
  }
  return { posts, database, client: await database.$client.connect(), pages }
}

/**
 * Each query is run some times, the forums in turns; the quickest time is the one that nothing else disturbed, and has
 * the blocks of a plan that is ready.
 */
async function quickest(forums: readonly MeasuredForum[], page: string, times: number): Promise<ExplainedQuery[][]> {
  const found: ExplainedQuery[][] = forums.map(() => [])
  for (let time = 0; time < times; time += 1) {
    for (const [size, { client, pages }] of forums.entries()) {
      const asked = found[size] ?? []
      for (const [place, statement] of (pages.get(page) ?? []).entries()) {
        const explained = await explain(client, statement, 'auto')
        const before = asked[place]
        if (!before || explained.milliseconds < before.milliseconds) asked[place] = explained
      }
    }
  }
  return found
}

async function writePlans(page: string, forums: readonly MeasuredForum[], explained: readonly ExplainedQuery[][]) {
  for (const [size, { posts, pages }] of forums.entries()) {
    const plans = (explained[size] ?? []).map(({ json }, place) => ({ text: pages.get(page)?.[place]?.text, ...json }))
    await mkdir(`${RESULTS}/plans/${posts}`, { recursive: true })
    await writeFile(`${RESULTS}/plans/${posts}/${page}.json`, `${JSON.stringify(plans, null, 1)}\n`)
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((whole, number) => whole + number, 0)
