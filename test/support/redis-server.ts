import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Test } from 'tap'
import { freePort } from './free-port.ts'

/** Debian's packages `redis-server` and `valkey-server`. */
const PROGRAM = ['redis-server', 'valkey-server'].find((name) => spawnSync(name, ['--version']).status === 0)

export interface RedisServer {
  port: number
  url: string
  /** It stands still, as on a machine that is out of memory: connections stay open, and what is asked is answered later. */
  pause(): void
  goOn(): void
}

/** A real server, that keeps nothing; null where none is installed, which is said aloud. */
export async function startRedis(t: Test): Promise<RedisServer | null> {
  if (!PROGRAM) {
    t.comment('NOT RUN: neither redis-server nor valkey-server is installed, so LIVE_BUS=redis://… was not tried')
    return null
  }
  const port = await freePort()
  const words = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', '/tmp']
  const child = spawn(PROGRAM, words, { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  t.teardown(async () => {
    child.kill('SIGCONT')
    child.kill('SIGTERM')
    await ended
  })
  const { promise: ready, resolve, reject } = Promise.withResolvers<void>()
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line.includes('Ready to accept connections')) resolve()
  })
  ended.then(() => reject(new Error('It ended before it was ready')), reject)
  await ready
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    pause: () => void child.kill('SIGSTOP'),
    goOn: () => void child.kill('SIGCONT'),
  }
}
