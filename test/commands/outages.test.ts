import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import pg from 'pg'
import { pino } from 'pino'
import t from 'tap'
import { openForum } from '../../src/compose.ts'
import { readConfig } from '../../src/config.ts'
import { startEmbedded } from '../../src/platform/database/embedded/embedded.ts'
import { begin } from '../support/crowd.ts'
import { freshDatabase } from '../support/forum.ts'
import { freePort } from '../support/free-port.ts'
import { digestTo, queue } from '../support/mail.ts'
import { MailServer } from '../support/mail-server.ts'
import { openNetwork } from '../support/network.ts'
import { dataFolder, launch, serve } from '../support/served.ts'
import { until } from '../support/until.ts'

const SECRET = 'le même secret pour le test et le forum'

/** A PostgreSQL that is not the forum's own. */
async function startElsewhere(folder: string) {
  const server = await startEmbedded(folder, { fsync: 'off' })
  if (!server) throw new Error('A folder in use')
  return server
}

// Most of it is waiting, which can be done at once.
t.test('an outage', async (t) => {
  t.jobs = 4
  t.test('of the database for some seconds, while mails are sent: all arrive, from the same process', async (t) => {
    const folder = await dataFolder(t)
    const first = await startElsewhere(folder)
    const mailServer = await MailServer.start(t)
    const settings = {
      DATABASE_URL: first.url,
      DATABASE_POOL: '2',
      DATA_DIR: await dataFolder(t),
      SECRET,
      SMTP_URL: mailServer.url,
      MAIL_FROM: 'Contrechamp <forum@forum.example>',
      MAIL_RATE: '100',
    }
    const forum = await serve(t, settings)
    await begin(t, forum)
    const here = await openForum(readConfig(settings), first.url, pino({ level: 'silent' }))
    const addresses = Array.from({ length: 200 }, (_, index) => `lectrice${index}@example.org`)
    await queue(here, ...addresses.map((address) => digestTo(1, { address })))
    await here.close()
    const arrived = () => new Set(mailServer.received.map(({ to }) => to)).size
    await until(() => arrived() >= 20)
    await first[Symbol.asyncDispose]()
    await setTimeout(3_000)
    t.equal((await forum.passerBy().get('/healthz')).status, 200, 'the process is alive')
    t.ok(arrived() < addresses.length, 'mails are left')

    const second = await startElsewhere(folder)
    t.teardown(() => second[Symbol.asyncDispose]())
    await until(() => arrived() === addresses.length, 60_000)
    t.equal(await forum.end('SIGTERM'), 0)
  })

  t.test('lets the forum stop in order', async (t) => {
    t.jobs = 3
    t.test('while its database is away', async (t) => {
      const database = await startElsewhere(await dataFolder(t))
      const forum = await serve(t, { DATABASE_URL: database.url, LOG_LEVEL: 'silent' })
      await database[Symbol.asyncDispose]()
      await until(async () => (await forum.passerBy().get('/readyz')).status === 503)
      t.equal(await forum.end('SIGTERM'), 0)
    })

    t.test('while nothing comes back over its connections', async (t) => {
      const address = new URL(await freshDatabase())
      const network = await openNetwork(t, join(address.searchParams.get('host') ?? '', '.s.PGSQL.5432'))
      const DATABASE_URL = `postgres://contrechamp@127.0.0.1:${network.port}${address.pathname}?sslmode=disable`
      const forum = await serve(t, { DATABASE_URL, LOG_LEVEL: 'silent' })
      network.hush()
      const asked = forum
        .passerBy()
        .get('/readyz')
        .catch(() => null)
      t.equal(await forum.end('SIGTERM'), 0)
      await asked
    })

    t.test('while it waits for the migration of another', async (t) => {
      const DATABASE_URL = await freshDatabase()
      const other = new pg.Client({ connectionString: DATABASE_URL })
      await other.connect()
      t.teardown(() => other.end())
      await other.query('select pg_advisory_lock(7203145)')
      const PORT = String(await freePort())
      const forum = launch(t, { DATABASE_URL, PORT, DATA_DIR: await dataFolder(t) })
      await until(async () => {
        const { rows } = await other.query(`
          select count(*)::int as waiting from pg_stat_activity
          where application_name = 'contrechamp migrate' and wait_event = 'advisory' and datname = current_database()`)
        return rows[0]?.waiting === 1
      })
      forum.process.kill('SIGTERM')
      t.equal(await forum.ended, 0)
      t.equal(await forum.complaints, '')
    })
  })
})
