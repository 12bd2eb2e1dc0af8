import { execFile, spawn } from 'node:child_process'
import { chmod, chown, readdir, readFile, readlink, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import t from 'tap'
import { socketUrl } from '../../src/platform/database/embedded/socket-folder.ts'
import { begin, Crowd, nothingIsLost } from '../support/crowd.ts'
import { FaithfulWindow } from '../support/live-window.ts'
import { pauseServer } from '../support/pause-server.ts'
import { command, dataFolder, serve } from '../support/served.ts'
import { until } from '../support/until.ts'

const WRITERS = 4

/** One forum for all that can happen to one: to make another takes longer than most of it. */
const DATA_DIR = await dataFolder(t)
const cluster = join(DATA_DIR, 'postgres')

/** What is on the disk in one moment in which people write. Answers what was acknowledged by then. */
async function copyAsOfPowerCut({ acknowledged }: Crowd, from: string, to: string): Promise<string[]> {
  const cluster = join(from, 'postgres')
  const before = [...acknowledged]
  const goOn = await pauseServer(socketUrl(cluster), cluster)
  try {
    await promisify(execFile)('cp', ['-a', from, to])
  } finally {
    goOn()
  }
  return before
}

t.test(
  'the embedded database is killed under load, and loses its power: it starts again, with every reply',
  async (t) => {
    const forum = await serve(t, { DATA_DIR })
    const zoe = await begin(t, forum)
    const reader = new FaithfulWindow(t, [forum.origin], 1)
    const crowd = new Crowd()
    let enough = false
    const crowds = Array.from({ length: WRITERS }, () => crowd.reply(zoe, () => enough))
    await crowd.until(20)
    const [pid] = (await readFile(join(cluster, 'postmaster.pid'), 'utf8')).split('\n')
    process.kill(Number(pid), 'SIGKILL')
    const is = async (status: number) => (await zoe.get('/readyz')).status === status
    await until(() => is(503))
    await until(() => is(200), 60_000)
    await crowd.until(crowd.acknowledged.length + 10)
    const atPowerCut = await dataFolder(t)
    const acknowledged = await copyAsOfPowerCut(crowd, DATA_DIR, atPowerCut)
    enough = true
    await Promise.all(crowds)
    await nothingIsLost(t, socketUrl(cluster), crowd, reader)
    t.equal(await forum.end('SIGTERM'), 0)
    await t.rejects(readFile(join(cluster, 'postmaster.pid')), { code: 'ENOENT' }, 'it is stopped with the forum')

    const again = await serve(t, { DATA_DIR: atPowerCut })
    const another = new FaithfulWindow(t, [again.origin], 1)
    await nothingIsLost(t, socketUrl(join(atPowerCut, 'postgres')), { acknowledged }, another)
    t.equal((await again.passerBy().get('/threads/1')).status, 301)
  },
)

t.test('a socket that somebody has removed is there again', async (t) => {
  const forum = await serve(t, { DATA_DIR })
  const server = async () => (await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')[0]
  const first = await server()
  for (const name of ['.s.PGSQL.5432', '.s.PGSQL.5432.lock']) await rm(join(cluster, name))
  const ines = forum.passerBy()
  await until(async () => (await server()) !== first && (await ines.get('/readyz')).status === 200, 60_000)
  t.equal((await ines.post('/register', { username: 'Inès', password: 'quatre mots sans rapport' })).status, 303)
  const said = forum.printed.filter((line) => line.includes('the database'))
  t.equal(said.filter((line) => line.includes('could not be started')).length, 0, said.join('\n'))

  await rm(join(cluster, '.s.PGSQL.5432'))
  t.equal(await forum.end('SIGTERM'), 0)
  await t.rejects(readFile(join(cluster, 'postmaster.pid')), { code: 'ENOENT' }, 'one without it is stopped too')
})

t.test('what a loss of power leaves behind does not keep it from starting', async (t) => {
  const owner = await stat(cluster)
  // PostgreSQL asks whether its number is that of a program which it may end: one of its own user.
  const other = spawn('/bin/sleep', ['60'], { uid: owner.uid, gid: owner.gid, stdio: 'ignore' })
  t.teardown(() => other.kill())
  const remains = { 'empty files': '', 'the number of a program of today': `${other.pid}\n${cluster}\n` }
  for (const [what, left] of Object.entries(remains)) {
    for (const name of ['postmaster.pid', '.s.PGSQL.5432.lock']) {
      await writeFile(join(cluster, name), left, { mode: 0o600 })
      await chown(join(cluster, name), owner.uid, owner.gid)
    }
    t.match(await command(['migrate'], { DATA_DIR }), { code: 0, complaints: '' }, what)
  }
})

t.test('what somebody must mend is said with the remedy', async (t) => {
  await chmod(cluster, 0o755)
  const open = await command(['migrate'], { DATA_DIR })
  t.match(open, {
    code: 1,
    complaints: /^contrechamp: [^\n]* invalid permissions\. Close it to others: chmod 700 [^\n]*\n$/,
  })
  await chmod(cluster, 0o700)
  const version = join(cluster, 'PG_VERSION')
  await writeFile(version, '17\n')
  const other = await command(['migrate'], { DATA_DIR })
  t.match(other, {
    code: 1,
    complaints: /^contrechamp: [^\n]* of PostgreSQL 17, and this version of the forum brings 18[^\n]*\n$/,
  })
})

t.test('links to a long path, left by who was killed, are removed at the next start', async (t) => {
  const DATA_DIR = await dataFolder(t, 'é'.repeat(60))
  const links = async () => {
    const folders = (await readdir(tmpdir())).filter((name) => name.startsWith('contrechamp-'))
    const targets = await Promise.all(folders.map((name) => readlink(join(tmpdir(), name, 'link')).catch(() => '')))
    return targets.filter((target) => target.startsWith(DATA_DIR)).length
  }
  const first = await serve(t, { DATA_DIR })
  await first.end('SIGKILL')
  t.equal(await links(), 1)
  t.match(await command(['migrate'], { DATA_DIR }), { code: 0 })
  t.equal(await links(), 0)
})
