import { readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import pg from 'pg'
import t, { type Test } from 'tap'
import project from '../../package.json' with { type: 'json' }
import { openDatabase } from '../../src/platform/database/database.ts'
import { migrationState } from '../../src/platform/database/migrations.ts'
import { begin, Crowd, isWhole, nothingIsLost } from '../support/crowd.ts'
import { startForum } from '../support/forum.ts'
import { FaithfulWindow } from '../support/live-window.ts'
import { nextVersion } from '../support/next-version.ts'
import { emptyDatabase } from '../support/rows.ts'
import { command, dataFolder, launchCommand, serve } from '../support/served.ts'
import { until } from '../support/until.ts'
import { makeRelease, migrationLines } from './make-release.ts'

const RELEASED = join(import.meta.dirname, 'released')
const SECRET = 'le même secret pour tous les processus'
/** Any number that the forum does not lock. */
const BARRIER = 77

async function connect(t: Test, connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString })
  client.on('error', () => {})
  await client.connect()
  t.teardown(() => client.end())
  return client
}

const migrationsIn = async (client: pg.Client): Promise<number> =>
  (await client.query('select count(*)::int as count from drizzle.__drizzle_migrations')).rows[0]?.count

t.test('an update while people write: one process migrates, the others wait, and nobody notices', async (t) => {
  const DATABASE_URL = await emptyDatabase()
  const settings = { DATABASE_URL, SECRET }
  const [one, other] = await Promise.all([serve(t, settings), serve(t, settings)])
  const client = await connect(t, DATABASE_URL)
  t.equal(await migrationsIn(client), migrationLines().length, 'of two that start on nothing, one makes all of it')

  const zoe = await begin(t, one)
  const there = other.passerBy()
  await there.post('/login', { username: 'Zoé', password: 'quatre mots sans rapport' })
  const reader = new FaithfulWindow(t, [one.origin, other.origin], 1)
  const crowd = new Crowd()
  let enough = false
  const crowds = [zoe, there].map((person) => crowd.reply(person, () => enough))
  await crowd.until(10)
  const main = await nextVersion(t)
  const next = await Promise.all([serve(t, settings, { main }), serve(t, settings, { main })])
  await crowd.until(crowd.acknowledged.length + 10)
  t.equal(await migrationsIn(client), migrationLines().length + 1)
  const { rows } = await client.query('select tomorrow from threads where id = 1')
  t.same(rows, [{ tomorrow: 'as it was: Une longue nuit' }])

  const late = await command(['serve'], { ...settings, DATA_DIR: await dataFolder(t) })
  t.match(late, {
    code: 1,
    complaints:
      /^contrechamp: The database is of a newer version of the forum: start that version, or restore[^\n]*\n$/,
  })
  enough = true
  await Promise.all(crowds)
  const newer = next[0].passerBy()
  await newer.post('/login', { username: 'Zoé', password: 'quatre mots sans rapport' })
  t.equal((await newer.post('/threads/1/replies', { body: 'Depuis la nouvelle version' })).status, 303)
  await nothingIsLost(t, DATABASE_URL, crowd, reader)
})

t.test('a migration that is interrupted is done by the next start, whole', async (t) => {
  const DATABASE_URL = await emptyDatabase()
  const settings = { DATABASE_URL, DATA_DIR: await dataFolder(t) }
  const client = await connect(t, DATABASE_URL)
  await client.query(`
    create function wait() returns event_trigger language plpgsql as $$
    begin
      if exists (select from pg_event_trigger_ddl_commands() where object_identity in ('public.posts', 'graphile_worker.migrations'))
      then perform pg_advisory_xact_lock(${BARRIER}); end if;
    end $$;
    create event trigger wait on ddl_command_end execute function wait()`)
  for (const [when, tables] of [
    ['between two tables', false],
    ['between the tables and the queue', true],
  ] as const) {
    await client.query('select pg_advisory_lock($1)', [BARRIER])
    const killed = launchCommand(t, ['migrate'], settings)
    if (tables) {
      await untilWaiting(client)
      await client.query('select pg_advisory_unlock($1)', [BARRIER])
      await client.query('select pg_advisory_lock($1)', [BARRIER])
    }
    await untilWaiting(client)
    await killed.kill()
    await client.query(`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`)
    await client.query('select pg_advisory_unlock($1)', [BARRIER])
    const { rows } = await client.query(`select to_regclass('posts') is not null as there`)
    t.same(rows, [{ there: tables }], when)
  }
  await client.query('drop event trigger wait')
  t.match(await command(['migrate'], settings), { code: 0, complaints: '' })
  const database = await openDatabase(DATABASE_URL, 1)
  t.teardown(() => database.$client.end())
  t.equal(await migrationState(database), 'current')
  await isWhole(t, database)
})

/** Resolves once a migration stands at the barrier. */
function untilWaiting(client: pg.Client): Promise<void> {
  return until(async () => {
    const { rows } = await client.query(
      `select from pg_locks where locktype = 'advisory' and objid = $1 and not granted
        and database = (select oid from pg_database where datname = current_database())`,
      [BARRIER],
    )
    return rows.length > 0
  }, 30_000)
}

t.test('every released schema comes up to this one, with its data', async (t) => {
  const main = await nextVersion(t)
  const names = (await readdir(RELEASED)).filter((name) => name.endsWith('.backup'))
  t.ok(names.length > 0, 'there are some')
  for (const name of names) {
    const version = name.replace('.backup', '')
    const folder = await released(t, version)
    const settings = { DATABASE_URL: await emptyDatabase(), DATA_DIR: await dataFolder(t) }
    const file = join(folder, name)
    t.match(
      await command(['restore', file], settings),
      { code: 0, complaints: '', printed: /^Restored from \S+\.\n$/ },
      version,
    )
    const forum = await startForum(t, settings)
    t.equal((await forum.passerBy().get('/threads/1')).status, 301)
    t.equal((await forum.passerBy().get('/cities')).status, 200)
    const zoe = await forum.member('Zoé')
    t.equal((await zoe.post('/threads/1/replies', { body: 'Tout est là' })).status, 303)
    await isWhole(t, forum.database)

    const later = { DATABASE_URL: await emptyDatabase(), DATA_DIR: await dataFolder(t) }
    t.match(await command(['restore', file], later, '', main), { code: 0, complaints: '' }, 'and to the next')
    const client = await connect(t, later.DATABASE_URL)
    const { rows } = await client.query(
      `select from threads where tomorrow <> 'as it was: ' || title or tomorrow is null`,
    )
    t.equal(rows.length, 0)
  }
})

/**
 * Where a release is kept. Its migrations never change, because a database that has run them does not run them again. The version
 * that is not released yet may still change its schema: it is kept anew, for this test alone.
 */
async function released(t: Test, version: string): Promise<string> {
  const kept = (await readFile(join(RELEASED, `${version}.migrations`), 'utf8')).trim().split('\n')
  const known = migrationLines().slice(0, kept.length)
  if (kept.every((line, index) => line === known[index])) return RELEASED
  if (version !== project.version) throw new Error(`A migration of ${version}, which is released, was changed`)
  t.comment(`The schema of ${version} has moved on: made anew for this test`)
  const folder = dirname(await dataFolder(t))
  await makeRelease(folder, version, { DATABASE_URL: await emptyDatabase() })
  return folder
}
