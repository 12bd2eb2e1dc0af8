import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

/** A program of its own process, as it would run without us. */
export interface Program extends AsyncDisposable {
  process: ChildProcess
  origin: string
  /** Sends a signal and waits for the end. */
  end(signal?: NodeJS.Signals): Promise<void>
}

export interface ProgramOptions {
  port: number
  /** What Node itself is told. */
  nodeOptions?: readonly string[]
  settings?: Record<string, string>
  /** An open file for what it writes. */
  output: number | 'ignore'
}

/** Where `npm start` has Node keep what it has read of the sources. */
const SOURCES = `${import.meta.dirname}/../../node_modules/.cache/sources`

/** Starts a file of ours in production, and answers at once; whether it serves yet is asked by `firstAnswer`. */
export function startProgram(file: string, words: readonly string[], options: ProgramOptions): Program {
  const child = spawn(process.execPath, [...(options.nodeOptions ?? []), file, ...words], {
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      NODE_COMPILE_CACHE: SOURCES,
      PORT: String(options.port),
      ...options.settings,
    },
    stdio: ['ignore', options.output, 'inherit'],
  })
  const ended = once(child, 'exit')
  async function end(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    child.kill(signal)
    await ended
  }
  const origin = `http://127.0.0.1:${options.port}`
  return { process: child, origin, end, [Symbol.asyncDispose]: () => end() }
}

/** Asks until a page is answered with 200. @throws Error when the program has ended before. */
export async function firstAnswer({ origin, process: child }: Program, path: string): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`The program ended with ${child.exitCode}`)
    const answer = await fetch(new URL(path, origin)).catch(() => null)
    await answer?.arrayBuffer()
    if (answer?.status === 200) return
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
