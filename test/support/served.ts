import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import type { Test } from 'tap'
import { freePort } from './free-port.ts'
import { Person } from './person.ts'
import { TEMPORARY_FOLDER } from './temporary-folder.ts'

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url))

/** A forum served by a process of its own, as people run it. */
export interface ServedForum {
  origin: string
  process: ChildProcess
  /** What it has printed, the log among it. */
  printed: string[]
  passerBy(): Person
  /** Sends a signal and waits for the end. Answers the exit code; null when the signal itself ended it. */
  end(signal: NodeJS.Signals): Promise<number | null>
}

/** What a command had said when it ended. */
export interface Ended {
  code: number | null
  printed: string
  complaints: string
}

/** As `npm start` has it: what Node has read of the sources is kept. */
export const SOURCES = fileURLToPath(new URL('../../node_modules/.cache/sources', import.meta.url))

const environment = (settings: Record<string, string>) => ({
  PATH: process.env.PATH ?? '',
  NODE_COMPILE_CACHE: SOURCES,
  ...settings,
})

/** Runs a command of the program to its end. @param complained called as often as it says that something is wrong. */
export async function command(
  words: string[],
  settings: Record<string, string>,
  typed = '',
  main = MAIN,
  complained: () => void = () => {},
): Promise<Ended> {
  const child = spawn(process.execPath, [main, ...words], { env: environment(settings), stdio: 'pipe' })
  child.stdin.on('error', () => {}).end(typed)
  child.stderr.on('data', complained)
  const [printed, complaints, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
  return { code, printed, complaints }
}

/** A command that may be killed before it ends. */
export function launchCommand(t: Test, words: string[], settings: Record<string, string>) {
  const child = spawn(process.execPath, [MAIN, ...words], { env: environment(settings), stdio: 'ignore' })
  const ended = once(child, 'exit').then(([code]): number | null => code)
  t.teardown(() => child.kill('SIGKILL'))
  return {
    ended,
    async kill(): Promise<void> {
      child.kill('SIGKILL')
      await ended
    },
  }
}

/** Something that ends, such as a test, and what is to be done then. */
export type Ending = Pick<Test, 'teardown'>

/** A folder for data, gone when the test is over. */
export async function dataFolder(t: Ending, name = 'data'): Promise<string> {
  const folder = await mkdtemp(join(TEMPORARY_FOLDER, 'contrechamp-data-'))
  await chmod(folder, 0o755)
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  return join(folder, name)
}

/** A forum's process as it starts; it may never come to listen. */
export function launch(t: Test, settings: Record<string, string>) {
  const child = spawn(process.execPath, [MAIN, 'serve'], { env: environment(settings), stdio: 'pipe' })
  const ended = once(child, 'exit').then(([code]): number | null => code)
  const complaints = text(child.stderr)
  child.stdout.resume()
  t.teardown(async () => {
    child.kill('SIGKILL')
    await ended
  })
  return { process: child, ended, complaints }
}

/**
 * Starts a forum, on a free port unless one is asked for, and waits until it listens.
 * @param descriptors how many files and connections the system lets it hold; as many as ever, unless it is said.
 * @param main its program, where that is another version's.
 */
export async function serve(
  t: Test,
  settings: Record<string, string>,
  { descriptors, main = MAIN }: { descriptors?: number; main?: string } = {},
): Promise<ServedForum> {
  const PORT = settings.PORT ?? String(await freePort())
  const DATA_DIR = settings.DATA_DIR ?? (await dataFolder(t))
  const words = [process.execPath, main, 'serve']
  const [program = '', ...rest] = descriptors
    ? ['/bin/sh', '-c', `ulimit -n ${descriptors} && exec "$@"`, 'sh', ...words]
    : words
  const child = spawn(program, rest, {
    env: environment({ LOG_LEVEL: 'error', RATE_LIMITS: 'off', ...settings, DATA_DIR, PORT }),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit').then(([code]): number | null => code)
  t.teardown(async () => {
    child.kill('SIGTERM')
    await ended
  })
  const printed: string[] = []
  const { promise: listens, resolve, reject } = Promise.withResolvers<void>()
  createInterface({ input: child.stdout }).on('line', (line) => {
    printed.push(line)
    if (line.startsWith('Contrechamp listens')) resolve()
  })
  ended.then((code) => reject(new Error(`It ended with ${code} before it listened`)))
  await listens
  const origin = `http://127.0.0.1:${PORT}`
  return {
    origin,
    process: child,
    printed,
    passerBy: () => new Person(origin),
    end(signal) {
      child.kill(signal)
      return ended
    },
  }
}
