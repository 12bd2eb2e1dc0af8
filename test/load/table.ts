import { mkdir, writeFile } from 'node:fs/promises'
import { availableParallelism, cpus } from 'node:os'
import type { Result } from './row.ts'

export const RESULTS = `${import.meta.dirname}/results`

export interface Run {
  small: boolean
  generator: string
  seconds: number
  /** How the names of the measured rows begin; empty: all rows. */
  wanted: string
}

const HEAD = ['what', 'target', 'figure', 'ratio', '']

export function printTable(results: readonly Result[]): void {
  const rows = [HEAD, ...results.map(cells)]
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const line = (row: readonly string[]) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')
  process.stdout.write(`${rows.map(line).join('\n')}\n${verdict(results)}\n`)
}

/** Which targets do not hold, in one line. */
function verdict(results: readonly Result[]): string {
  const short = results.filter(({ passed }) => !passed).map(({ what }) => what)
  if (short.length === 0) return `All ${results.length} targets hold.`
  return `SHORT: ${short.length} of ${results.length} targets: ${short.join('; ')}.`
}

/** Writes a run as JSON, with everything measured, and as Markdown; the last run of its kind is kept. */
export async function writeResults(results: readonly Result[], run: Run): Promise<void> {
  await mkdir(RESULTS, { recursive: true })
  const name = [run.small ? 'small' : 'full', run.wanted].filter(Boolean).join('-')
  const machine = `${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}`
  const about = { ...run, machine, at: new Date().toISOString() }
  await writeFile(`${RESULTS}/${name}.json`, `${JSON.stringify({ ...about, results }, null, 1)}\n`)
  const rows = [HEAD, HEAD.map(() => '---'), ...results.map(cells)].map((row) => `| ${row.join(' | ')} |`)
  const title = `${about.at.slice(0, 10)}, ${machine}, load by ${run.generator}, ${run.seconds} s`
  await writeFile(`${RESULTS}/${name}.md`, `${title}\n\n${rows.join('\n')}\n\n${verdict(results)}\n`)
}

function cells({ what, target, figure, ratio, passed }: Result): string[] {
  return [what, target, figure, ratio === null ? '' : `${Math.round(100 * ratio)} %`, passed ? 'pass' : 'SHORT']
}
