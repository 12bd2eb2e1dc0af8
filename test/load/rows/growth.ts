import { mkdir, writeFile } from 'node:fs/promises'
import type pg from 'pg'
import { pino } from 'pino'
import { openForum } from '../../../src/compose.ts'
import { readConfig } from '../../../src/config.ts'
import { type Database, openDatabase } from '../../../src/platform/database/database.ts'
import { buildApp } from '../../../src/web/app.ts'
import { largestPages } from '../../support/largest-pages.ts'
import { type ExplainedQuery, explain } from '../../support/plans.ts'
import { type Statement, statementsDuring } from '../../support/statements.ts'
import type { DemoData } from '../demo-data.ts'
import { signIn } from '../members.ts'
import type { Bench, Result, Row } from '../row.ts'
import { RESULTS } from '../table.ts'

/** Each query is run so often, the sizes in turns; the quickest time is the one that nothing else disturbed. */
const TIMES = 60
const MOST_GROWTH = 0.2
/** Below this, in milliseconds, what is measured is the clock. */
const TOO_SHORT = 0.05

interface Query {
  statement: Statement
  quickest: ExplainedQuery
}

interface MeasuredForum {
  posts: number
  database: Database
  client: pg.PoolClient
  /** By what pages they are asked. */
  queries: Map<string, Query[]>
}

/** What pages ask the database, in forums of three sizes. The plans at each size are written out. */
export const growth: Row = {
  name: 'growth',
  async measure(bench: Bench): Promise<Result[]> {
    const forums: MeasuredForum[] = []
    for (const posts of bench.small ? [20_000, 200_000] : [20_000, 200_000, 1_000_000]) {
      forums.push(await openMeasured(posts, await bench.data(posts)))
    }
    for (let time = 1; time < TIMES; time += 1) {
      for (const { client, queries } of forums) {
        for (const query of [...queries.values()].flat()) {
          const explained = await explain(client, query.statement, 'auto')
          if (explained.milliseconds < query.quickest.milliseconds) query.quickest = explained
        }
      }
    }
    for (const forum of forums) {
      await writePlans(forum)
      forum.client.release()
      await forum.database.$client.end()
    }
    const pages = [...(forums[0]?.queries.keys() ?? [])]
    return pages.map((page) =>
      resultOf(
        page,
        forums.map(({ queries }) => queries.get(page) ?? []),
      ),
    )
  },
}

function resultOf(page: string, sizes: readonly Query[][]): Result {
  const milliseconds = sizes.map((queries) => sum(queries.map(({ quickest }) => quickest.milliseconds)))
  const blocks = sizes.map((queries) => sum(queries.map(({ quickest }) => quickest.blocks)))
  const [smallest = 0, largest = 0] = [milliseconds[0], milliseconds.at(-1)]
  const grown = (largest + TOO_SHORT) / (smallest + TOO_SHORT) - 1
  const roundTrips = sizes[0]?.length ?? 0
  return {
    what: `database time: ${page}`,
    target: `flat within ${100 * MOST_GROWTH} %`,
    figure: `${milliseconds.map((time) => time.toFixed(2)).join(' → ')} ms, ${blocks.join(' → ')} blocks`,
    ratio: 1 + grown,
    passed: grown <= MOST_GROWTH,
    details: { milliseconds, blocks, roundTrips },
  }
}

/** Asks every page as a member would, and notes what that asks the database. */
async function openMeasured(posts: number, data: DemoData): Promise<MeasuredForum> {
  const config = readConfig({ DATABASE_URL: data.url, DATA_DIR: data.folder, RATE_LIMITS: 'off' })
  const forum = await openForum(config, data.url, pino({ level: 'error' }))
  const app = await buildApp(forum)
  const database = await openDatabase(data.url, 1)
  const client = await database.$client.connect()
  const [cookie = ''] = await signIn(data, 1)
  const ask = async (url: string) => {
    const { statusCode } = await app.inject({ url, headers: { cookie } })
    if (statusCode !== 200) throw new Error(`${url}: status ${statusCode}`)
  }
  // Who is asking, the list of boards and the map of all crossings are read once in a process.
  await ask('/')
  const queries = new Map<string, Query[]>()
  for (const [page, url] of Object.entries(await largestPages(forum.database.$client))) {
    const asked: Query[] = []
    for (const statement of await statementsDuring(() => ask(url))) {
      asked.push({ statement, quickest: await explain(client, statement, 'auto') })
    }
    queries.set(page, asked)
  }
  await app.close()
  await forum.close()
  return { posts, database, client, queries }
}

async function writePlans({ posts, queries }: MeasuredForum): Promise<void> {
  const plans = Object.fromEntries(
    [...queries].map(([page, asked]) => [
      page,
      asked.map(({ statement, quickest }) => ({ name: statement.name, text: statement.text, ...quickest.json })),
    ]),
  )
  await mkdir(`${RESULTS}/plans`, { recursive: true })
  await writeFile(`${RESULTS}/plans/${posts}.json`, `${JSON.stringify(plans, null, 1)}\n`)
}

const sum = (numbers: readonly number[]): number => numbers.reduce((whole, number) => whole + number, 0)
