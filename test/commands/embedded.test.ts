import { chmod, chown, readdir, readFile, readlink, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { socketUrl } from '../../src/platform/database/embedded/socket-folder.ts'
import { begin, Crowd, nothingIsLost } from '../support/crowd.ts'
import { FaithfulWindow } from '../support/live-window.ts'
import { command, dataFolder, serve } from '../support/served.ts'
import { until } from '../support/until.ts'

const WRITERS = 4

t.test('the embedded database is killed under load: it is started again, with every reply', async (t) => {
  const DATA_DIR = await dataFolder(t)
  const forum = await serve(t, { DATA_DIR })
  const cluster = join(DATA_DIR, 'postgres')
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
  enough = true
  await Promise.all(crowds)
  await nothingIsLost(t, socketUrl(cluster), crowd, reader)
  t.equal(await forum.end('SIGTERM'), 0)
  await t.rejects(readFile(join(cluster, 'postmaster.pid')), { code: 'ENOENT' }, 'it is stopped with the forum')
})

t.test('what a loss of power leaves behind does not keep it from starting', async (t) => {
  const DATA_DIR = await dataFolder(t)
  await command(['migrate'], { DATA_DIR })
  const pidFile = join(DATA_DIR, 'postgres', 'postmaster.pid')
  const owner = await stat(join(DATA_DIR, 'postgres'))
  const remains = { 'an empty file': '', 'the number of a program of today': `${process.pid}\n${DATA_DIR}/postgres\n` }
  for (const [what, left] of Object.entries(remains)) {
    await writeFile(pidFile, left)
    await chown(pidFile, owner.uid, owner.gid)
    t.match(await command(['migrate'], { DATA_DIR }), { code: 0, complaints: '' }, what)
  }
})

t.test('what somebody must mend is said with the remedy', async (t) => {
  const DATA_DIR = await dataFolder(t)
  await command(['migrate'], { DATA_DIR })
  const cluster = join(DATA_DIR, 'postgres')
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
