import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Test } from 'tap'
import { freePort } from './forum.ts'
import { Person } from './person.ts'

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url))

/** A forum served by a process of its own, as people run it. */
export interface ServedForum {
  origin: string
  process: ChildProcess
  passerBy(): Person
  /** Sends a signal and waits for the end. Answers the exit code; null when the signal itself ended it. */
  end(signal: NodeJS.Signals): Promise<number | null>
}

/** Starts one on a database, on a free port unless one is asked for, and waits until it listens. */
export async function serve(t: Test, settings: Record<string, string>): Promise<ServedForum> {
  const port = settings.PORT ?? String(await freePort())
  const dataDir = await mkdtemp(join(tmpdir(), 'contrechamp-data-'))
  const child = spawn(process.execPath, [MAIN, 'serve'], {
    env: { PATH: process.env.PATH, DATA_DIR: dataDir, LOG_LEVEL: 'error', RATE_LIMITS: 'off', ...settings, PORT: port },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit').then(([code]): number | null => code)
  t.teardown(async () => {
    child.kill('SIGKILL')
    await ended
    await rm(dataDir, { recursive: true, force: true })
  })
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('Contrechamp listens')) break
  }
  const origin = `http://127.0.0.1:${port}`
  return {
    origin,
    process: child,
    passerBy: () => new Person(origin),
    end(signal) {
      child.kill(signal)
      return ended
    },
  }
}
