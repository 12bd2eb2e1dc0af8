import { open, readFile } from 'node:fs/promises'
import { freePort } from '../support/free-port.ts'
import type { DemoData } from './demo-data.ts'
import { firstAnswer, type Program, startProgram } from './program.ts'
import type { Bench } from './row.ts'
import { RESULTS } from './table.ts'

const MAIN = `${import.meta.dirname}/../../src/main.ts`

/** A forum served as people run it: in production, by a process of its own, logging to a file. */
export interface ForumUnderLoad extends Program {
  /** Resident memory of the process now, without the database's; bytes. */
  memory(): Promise<number>
}

export interface ForumOptions {
  port?: number
  settings?: Record<string, string>
  /** The file name of its profile, where profiles are asked for. */
  profile?: string
}

/** Starts a forum on the demo data and waits for its first page. */
export async function startForum(bench: Bench, data: DemoData, options: ForumOptions = {}): Promise<ForumUnderLoad> {
  const log = await open(`${data.folder}/forum.log`, 'w')
  const program = startProgram(MAIN, [], {
    port: options.port ?? (await freePort()),
    output: log.fd,
    nodeOptions: bench.profiled && options.profile ? profiling(options.profile) : [],
    settings: { DATABASE_URL: data.url, DATA_DIR: data.folder, ...options.settings },
  })
  await log.close()
  await firstAnswer(program, '/')
  return { ...program, memory: () => residentMemory(program) }
}

/** What Node is told to write a profile of itself when it ends. */
export const profiling = (name: string) => [
  '--cpu-prof',
  `--cpu-prof-dir=${RESULTS}/profiles`,
  `--cpu-prof-name=${name}.cpuprofile`,
]

/** Linux says it in a file of the process (proc(5)). */
async function residentMemory({ process: { pid } }: Program): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return 1_024 * Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1])
}
