import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { freePort } from '../support/free-port.ts'
import { dataFolder } from '../support/served.ts'

const PROJECT = fileURLToPath(new URL('../..', import.meta.url))

t.test('whoever tells npm to stop, and it alone, stops the forum and its database', async (t) => {
  const DATA_DIR = await dataFolder(t)
  const PORT = String(await freePort())
  const npm = spawn('npm', ['start'], {
    cwd: PROJECT,
    env: { ...process.env, DATA_DIR, PORT, LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'inherit'],
    // A group of its own, so that the test can end what npm would leave behind.
    detached: true,
  })
  const ended = once(npm, 'exit')
  t.teardown(() => endGroup(npm.pid ?? 0))
  for await (const line of createInterface({ input: npm.stdout })) {
    if (line.startsWith('Contrechamp listens')) break
  }
  npm.kill('SIGTERM')
  t.same(await ended, [0, null])
  await t.rejects(fetch(`http://127.0.0.1:${PORT}/healthz`))
  t.notOk(existsSync(join(DATA_DIR, 'postgres', 'postmaster.pid')))
})

function endGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGTERM')
  } catch (error) {
    // Nothing was left behind.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}
