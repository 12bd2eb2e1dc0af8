import { readdir, readFile } from 'node:fs/promises'
import type { DemoData } from './demo-data.ts'

/** Linux counts in hundredths of a second (proc(5), `sysconf(_SC_CLK_TCK)`). */
const TICK_MILLISECONDS = 10

interface Times {
  parent: number
  /** Of the process; milliseconds. */
  own: number
  /** Of its children that have ended. */
  children: number
}

/** The processor time that a process has had, in all of its threads; milliseconds. Of one that is gone: 0. */
export const processorTime = async (process: number): Promise<number> => (await timesOf(process)).own

/** The same of PostgreSQL: its first process, all that it has started, and those of them that have ended. */
export async function databaseProcessorTime(data: DemoData): Promise<number> {
  const [backend] = await data.query<{ process: number }>('select pg_backend_pid() as process')
  const { parent } = await timesOf(Number(backend?.process))
  const first = await timesOf(parent)
  const all = await Promise.all(
    (await readdir('/proc'))
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .map(timesOf),
  )
  const living = all.filter((one) => one.parent === parent).reduce((sum, { own }) => sum + own, 0)
  return first.own + first.children + living
}

/** What stands behind the program's name, which may have spaces in it; the numbers are those of proc_pid_stat(5). */
async function timesOf(process: number): Promise<Times> {
  const line = await readFile(`/proc/${process}/stat`, 'utf8').catch(() => '')
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ')
  const field = (number: number) => Number(fields[number - 3] ?? 0)
  const milliseconds = (first: number) => TICK_MILLISECONDS * (field(first) + field(first + 1))
  return { parent: field(4), own: milliseconds(14), children: milliseconds(16) }
}
