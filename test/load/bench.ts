import { parseArgs } from 'node:util'
import { chooseGenerator } from './choose-generator.ts'
import { type DemoData, openDemoData } from './demo-data.ts'
import type { Bench, Result, Row } from './row.ts'
import { ROWS } from './rows.ts'
import { printTable, writeResults } from './table.ts'

const FULL = { posts: 1_000_000, rounds: 5, seconds: 2, restMilliseconds: 25_000 }
const SMALL = { posts: 20_000, rounds: 2, seconds: 1, restMilliseconds: 8_000 }

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { small: { type: 'boolean', default: false }, 'cpu-prof': { type: 'boolean', default: false } },
})
const [wanted = ''] = positionals
const rows = ROWS.filter(({ name }) => name.startsWith(wanted))
if (rows.length === 0) {
  process.stderr.write(`There is no row "${wanted}". There are: ${ROWS.map(({ name }) => name).join(', ')}.\n`)
  process.exit(1)
}

const say = (line: string) => process.stderr.write(`${line}\n`)
const size = values.small ? SMALL : FULL
const open = new Map<number, Promise<DemoData>>()

/** Each data set is opened once, and only when a row needs it. */
function data(posts: number = size.posts): Promise<DemoData> {
  return open.getOrInsertComputed(posts, () => openDemoData(posts, say))
}

const bench: Bench = {
  ...size,
  small: values.small,
  profiled: values['cpu-prof'],
  generator: await chooseGenerator(),
  data,
  say,
}
const results: Result[] = []
const began = Date.now()
try {
  for (const row of rows) {
    say(`${row.name} …`)
    results.push(...(await row.measure(bench).catch((error) => [broken(row, error)])))
  }
} finally {
  for (const opened of open.values()) await (await opened).close()
}
const seconds = Math.round((Date.now() - began) / 1_000)
printTable(results)
await writeResults(results, { small: values.small, generator: bench.generator.name, seconds, wanted })

/** A row that cannot be measured does not take the others with it. */
function broken({ name }: Row, error: unknown): Result {
  console.error(error)
  const figure = error instanceof Error ? error.message : String(error)
  return { what: name, target: 'to be measured', figure, ratio: null, passed: false, details: {} }
}
