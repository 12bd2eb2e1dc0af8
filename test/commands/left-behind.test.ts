import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import t from 'tap'
import { socketUrl } from '../../src/platform/database/embedded/socket-folder.ts'
import { command, dataFolder, serve } from '../support/served.ts'

t.test('a server that was left behind, and still recovers or stops, is waited for', async (t) => {
  const DATA_DIR = await dataFolder(t)
  const first = await serve(t, { DATA_DIR })
  await first.end('SIGKILL')
  const cluster = join(DATA_DIR, 'postgres')
  const somebody = new pg.Client({ connectionString: socketUrl(cluster) })
  await somebody.connect()
  const [pid] = (await readFile(join(cluster, 'postmaster.pid'), 'utf8')).split('\n')
  // It refuses new connections from now on, as one that recovers does, until nobody is connected any more.
  process.kill(Number(pid), 'SIGTERM')
  const { promise: waits, resolve: complained } = Promise.withResolvers<void>()
  const migrated = command(['migrate'], { DATA_DIR }, '', undefined, complained)
  t.equal((await somebody.query('select 1')).rows.length, 1)
  await Promise.race([waits, migrated])
  await somebody.end()
  t.match(await migrated, { code: 0, complaints: /^The database recovers from a sudden end, or still stops[^\n]*\n$/ })
})
