import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import pg from 'pg'
import t, { type Test } from 'tap'
import { freshDatabase } from '../support/forum.ts'
import { freePort } from '../support/free-port.ts'
import { command, dataFolder } from '../support/served.ts'
import { addressOf, onTestServer } from '../support/test-database.ts'

/** It says in one line what is wrong and what to do, prints nothing else, and ends with 1. */
async function refuses(t: Test, settings: Record<string, string>, said: RegExp, words = ['serve']): Promise<void> {
  const { code, printed, complaints } = await command(words, { DATA_DIR: await dataFolder(t), ...settings })
  t.match(complaints, /^contrechamp: [^\n]+\n$/, 'one line')
  t.match(complaints, said)
  t.notMatch(complaints, 'geheim', 'no password')
  t.equal(printed, '')
  t.equal(code, 1)
}

t.test('the forum does not start, and says why', async (t) => {
  t.jobs = 2
  const DATABASE_URL = await freshDatabase()

  t.test('with a wrong setting', (t) => refuses(t, { PORT: 'http' }, /PORT must be a whole number/))

  t.test('with a command that there is not', (t) =>
    refuses(t, {}, /no command "sevre"\. There are: serve, /, ['sevre']),
  )

  t.test('with a word after a command that takes none', (t) => refuses(t, {}, /Use: seed$/m, ['seed', '--all']))

  t.test('on a port that is taken', async (t) => {
    const PORT = await freePort()
    const other = createServer().listen(PORT, '127.0.0.1')
    t.teardown(() => other.close())
    await refuses(t, { DATABASE_URL, PORT: String(PORT) }, /Port \d+ on 127\.0\.0\.1 is taken: stop the program/)
  })

  t.test('at an address of another machine', (t) =>
    refuses(t, { DATABASE_URL, HOST: '203.0.113.7' }, /HOST 203\.0\.113\.7 is not an address of this machine/),
  )

  t.test('with a database that does not answer', async (t) => {
    const url = `postgres://a:geheim@127.0.0.1:${await freePort()}/forum`
    await refuses(t, { DATABASE_URL: url }, /The database does not answer \(ECONNREFUSED\): check DATABASE_URL/)
  })

  t.test('with one that takes the call and says nothing', async (t) => {
    const silent = createServer().listen(0, '127.0.0.1')
    t.teardown(() => silent.close())
    await new Promise((listens) => silent.once('listening', listens))
    const { port } = Object(silent.address())
    await refuses(t, { DATABASE_URL: `postgres://a:geheim@127.0.0.1:${port}/forum` }, /does not answer/)
  })

  t.test('with one that is not there', async (t) =>
    refuses(t, { DATABASE_URL: await addressOf('nowhere') }, /no database of that name: create it/),
  )

  t.test('with one of an older PostgreSQL', async (t) => {
    const database = `old_${process.pid}`
    await onTestServer(`create database ${database}`)
    t.teardown(() => onTestServer(`drop database ${database} with (force)`))
    const DATABASE_URL = await addressOf(database)
    const client = new pg.Client({ connectionString: DATABASE_URL })
    await client.connect()
    await client.query(`create function current_setting(text) returns text language sql as $$ select '14.9' $$`)
    await client.query(`alter database ${database} set search_path = public, pg_catalog`)
    await client.end()
    const told = /PostgreSQL 14\.9 is too old for the forum: set DATABASE_URL to one of version 15 or newer/
    await refuses(t, { DATABASE_URL }, told)
    t.match(await command(['doctor'], { DATABASE_URL, DATA_DIR: await dataFolder(t) }), { code: 1, printed: told })
  })

  t.test('with one that is somebody else’s', async (t) => {
    const guest = `guest_${process.pid}`
    await onTestServer(`create role ${guest} login`)
    const database = `guests_${process.pid}`
    await onTestServer(`create database ${database}`)
    t.teardown(async () => {
      await onTestServer(`drop database ${database} with (force)`)
      await onTestServer(`drop role ${guest}`)
    })
    const url = await addressOf(database, guest)
    await refuses(t, { DATABASE_URL: url }, /may not create tables: make it the owner/)
  })

  t.test('with a database of a newer version of the forum', async (t) => {
    const url = await freshDatabase()
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    t.teardown(() => client.end())
    const tomorrow = Date.now() + 86_400_000
    await client.query(`insert into drizzle.__drizzle_migrations (hash, created_at) values ('of tomorrow', $1)`, [
      tomorrow,
    ])
    await refuses(t, { DATABASE_URL: url }, /is of a newer version of the forum: start that version, or restore/)
  })

  t.test('with a database that another program uses', async (t) => {
    const database = `others_${process.pid}`
    await onTestServer(`create database ${database}`)
    const url = await addressOf(database)
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    await client.query('create table posts (words text)')
    await client.end()
    t.teardown(() => onTestServer(`drop database ${database} with (force)`))
    await refuses(t, { DATABASE_URL: url }, /has tables of another program: give the forum a database of its own/)
  })

  t.test('with fewer connections than it needs', (t) =>
    refuses(t, { DATABASE_URL, DATABASE_POOL: '1' }, /DATABASE_POOL must be a whole number from 2 to 1000/),
  )

  t.test('with a secret that is damaged', async (t) => {
    const DATA_DIR = await dataFolder(t)
    await mkdir(DATA_DIR)
    await writeFile(join(DATA_DIR, 'secret'), 'oups')
    await refuses(t, { DATABASE_URL, DATA_DIR }, /is damaged: remove that file/)
  })

  t.test('with data in what is no folder', async (t) => {
    const DATA_DIR = await dataFolder(t)
    await writeFile(DATA_DIR, '')
    await refuses(t, { DATA_DIR }, /is not a folder that can be written \(EEXIST\): choose another/)
  })

  t.test('with data in a folder that takes none', async (t) => {
    const DATA_DIR = '/proc/contrechamp'
    await refuses(t, { DATA_DIR }, /is not a folder that can be written \(E\w+\): choose another/)
    await refuses(t, { DATA_DIR, DATABASE_URL }, /\/proc\/contrechamp/)
  })

  const root = process.getuid?.() === 0
  t.test(root ? 'where the database’s user cannot go' : 'where it may not write', async (t) => {
    const DATA_DIR = await dataFolder(t)
    await chmod(dirname(DATA_DIR), root ? 0o700 : 0o500)
    const said = root ? /cannot enter .*: it, or a folder above it, is closed to others\. Set DATA_DIR/ : /EACCES/
    await refuses(t, { DATA_DIR }, said)
    await chmod(dirname(DATA_DIR), 0o700)
  })

  t.test('commands say the same', async (t) => {
    const url = `postgres://127.0.0.1:${await freePort()}/forum`
    for (const words of [['seed'], ['member', 'role', 'Zoé', 'admin']]) {
      await refuses(t, { DATABASE_URL: url }, /does not answer/, words)
    }
    await refuses(t, { DATABASE_URL }, /^contrechamp: Use: member create|There is no|nobody|Nobody/, [
      'member',
      'role',
      'Personne',
      'admin',
    ])
  })
})
