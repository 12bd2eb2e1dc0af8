import { existsSync } from 'node:fs'
import { chmod, mkdir, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import t, { type Test } from 'tap'
import { freshDatabase } from '../support/forum.ts'
import { freePort } from '../support/free-port.ts'
import { MailServer } from '../support/mail-server.ts'
import { command, dataFolder, serve } from '../support/served.ts'

type Settings = Record<string, string> & { DATA_DIR: string }

const says = (settings: Settings, ...words: string[]) => command(['doctor', ...words], settings)

async function query(settings: Settings, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: settings.DATABASE_URL ?? '' })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

/** A forum that somebody administers and has written in. */
async function written(t: Test): Promise<Settings> {
  const settings = { DATABASE_URL: await freshDatabase(), DATA_DIR: await dataFolder(t) }
  const size = ['--threads', '30', '--posts', '200', '--members', '20']
  t.match(await command(['demo', ...size], settings), { code: 0 })
  return settings
}

t.test('a forum that is well: all lines say so, and the exit code', async (t) => {
  const settings = { DATA_DIR: await dataFolder(t) }
  const forum = await serve(t, settings)
  const zoe = forum.passerBy()
  await zoe.post('/register', { username: 'Zoé', password: 'quatre mots sans rapport' })
  const found = await says(settings, '--deep')
  t.same([found.code, found.complaints], [0, ''], found.printed)
  t.notMatch(found.printed, 'BROKEN')
  t.match(found.printed, /^ok {6}The data is in /m)
  t.match(found.printed, /^ok {6}The secret is in .*, and backups hold it\.$/m)
  t.match(found.printed, /^ok {6}PostgreSQL 18\.\d+ answers/m)
  t.match(found.printed, /^ok {6}The database has the schema of this version\.$/m)
  t.match(found.printed, /^ok {6}No background job has failed or waits for long\.$/m)
  t.match(found.printed, /^ok {6}The clocks agree\.$/m)
  t.match(found.printed, /^ok {6}All that must be so/m)
  t.match(found.printed, /^advice {2}Nobody administers the forum/m)
  t.match(found.printed, /^advice {2}No backup is made each night: set BACKUP_DIR/m)
  const DATA_DIR = await dataFolder(t)
  t.match(await says({ DATA_DIR }), { code: 0, printed: /is not there yet: the first start makes it/ })
  t.notOk(existsSync(DATA_DIR), 'to look makes nothing')
})

t.test('what is broken is said with the remedy, and the exit code', async (t) => {
  const settings = await written(t)
  t.equal((await says(settings)).code, 0)

  await t.test('a setting', async (t) => {
    t.match(await says({ ...settings, PORT: 'http' }), { code: 1, printed: /^BROKEN {2}PORT must be/ })
  })
  await t.test('a database that is away', async (t) => {
    const away = `postgres://127.0.0.1:${await freePort()}/forum`
    t.match(await says({ ...settings, DATABASE_URL: away }), {
      code: 1,
      printed: /^BROKEN {2}The database does not answer/m,
    })
  })
  await t.test('a mail server', async (t) => {
    const away = await says({ ...settings, SMTP_URL: `smtp://forum:geheim@127.0.0.1:${await freePort()}` })
    t.match(away, { code: 1, printed: /^BROKEN {2}The mail server does not take mail \(E\w+\)/m })
    t.notMatch(away.printed, 'geheim')
    const server = await MailServer.start(t)
    t.match(await says({ ...settings, SMTP_URL: `smtp://127.0.0.1:${server.port}` }), {
      code: 0,
      printed: /^ok {6}The mail server answers/m,
    })
    t.same(server.received.length, 0, 'and nothing was sent')
  })
  await t.test('a secret that others read', async (t) => {
    const file = join(settings.DATA_DIR, 'secret')
    await chmod(file, 0o644)
    t.match(await says(settings), { code: 1, printed: /^BROKEN {2}The secret can be read by others: chmod 600 /m })
    await chmod(file, 0o600)
  })
  await t.test('an old backup', async (t) => {
    const BACKUP_DIR = join(settings.DATA_DIR, 'backups')
    t.match(await says({ ...settings, BACKUP_DIR }), { code: 0, printed: /There is no backup in .* yet/ })
    await mkdir(BACKUP_DIR)
    const old = join(BACKUP_DIR, 'contrechamp-2026-01-02T030405Z.backup')
    t.match(await command(['backup', old], settings), { code: 0 })
    await writeFile(join(BACKUP_DIR, 'contrechamp-2099-01-02T030405Z.backup'), 'cut')
    await utimes(old, 0, 0)
    t.match(await says({ ...settings, BACKUP_DIR }), {
      code: 1,
      printed: /^BROKEN {2}The last whole backup in .* is of 2026-01-02 03:04 UTC: look into the log/m,
    })
    t.match(await command(['backup', '--to', BACKUP_DIR], settings), { code: 0 })
  })
  await t.test('a job', async (t) => {
    await query(settings, `select graphile_worker.add_job('send_mails')`)
    await query(settings, `update graphile_worker._private_jobs set attempts = max_attempts, last_error = 'no'`)
    await query(settings, `select graphile_worker.add_job('send_mails', run_at := now() - interval '2 hours')`)
    const found = await says(settings)
    t.match(found, { code: 1, printed: /^BROKEN {2}\d+ jobs «send_mails» have failed for good/m })
    t.match(found.printed, /^advice {2}1 jobs «send_mails» have waited for more than an hour/m)
    await query(settings, 'delete from graphile_worker._private_jobs')
  })
  await t.test('a database of another version', async (t) => {
    const newer = { ...settings, DATABASE_URL: await freshDatabase() }
    await query(
      newer,
      `insert into drizzle.__drizzle_migrations (hash, created_at) values ('of tomorrow', 9999999999999)`,
    )
    t.match(await says(newer, '--deep'), { code: 1, printed: /^BROKEN {2}The database is of a newer version/m })
  })
  t.match(await says(settings, '--mend'), { code: 1, complaints: 'contrechamp: Use: doctor [--deep [--mend]]\n' })
})

t.test('counts that are wrong are found, and mended', async (t) => {
  const settings = await written(t)
  const well = await says(settings, '--deep')
  t.equal(well.code, 0, well.printed)
  const damages: [string, string, RegExp][] = [
    [
      'replies',
      'update threads set reply_count = reply_count + 1 where id < 4',
      /\d+ threads with a wrong number of replies/,
    ],
    [
      'last post',
      `update threads set last_post_at = last_post_at - interval '1 day' where id = 5`,
      /1 threads whose last post/,
    ],
    [
      'last author',
      'update threads set last_author_id = (select max(id) from members where id <> last_author_id) where id = 6',
      /1 threads that name the wrong author/,
    ],
    ['heat', 'update threads set heat = heat - 50 where id in (7, 8)', /2 threads with a heat/],
    [
      'next number',
      'update threads set last_number = last_number - 1 where id = 9',
      /1 threads that would give a number twice/,
    ],
    ['boards', 'delete from thread_boards where thread_id = 10', /\d+ places in boards/],
    ['crossings', `update crossing_threads set active_at = now() + interval '1 hour'`, /\d+ places in crossings/],
    [
      'board counts',
      'update boards set thread_count = thread_count + 7 where id < 3',
      /\d+ boards with a wrong number/,
    ],
    ['crossing counts', 'update crossings set thread_count = thread_count + 7', /\d+ crossings with a wrong number/],
    [
      'superfluous search rows',
      `insert into search_rows (kind, id, language, posted_at, words) values ('post', 999999, 'fr', now(), '')`,
      /1 posts that search finds, though nobody may read them/,
    ],
    ['calls', 'update posts set called_count = -1 where id = 3', /1 posts that have called more/],
  ]
  for (const [, statement] of damages) await query(settings, statement)
  const found = await says(settings, '--deep')
  t.equal(found.code, 1)
  for (const [what, , line] of damages) {
    t.match(found.printed, new RegExp(`^BROKEN {2}${line.source}.*Run: doctor --deep --mend$`, 'm'), what)
  }
  const mended = await says(settings, '--deep', '--mend')
  for (const [what, , line] of damages) t.match(mended.printed, new RegExp(`^mended {2}${line.source}`, 'm'), what)
  t.equal((await says(settings, '--deep')).code, 0, 'all of it')

  await query(settings, 'delete from search_rows where id = 3')
  t.match(await says(settings, '--deep', '--mend'), {
    code: 0,
    printed: /^mended {2}1 posts that search does not find/m,
  })
  await query(settings, 'delete from posts where number = 2 and thread_id = 1')
  t.match(await says(settings, '--deep', '--mend'), {
    code: 1,
    printed: /^BROKEN {2}1 threads whose posts have numbers that are missing.*Nothing mends this by itself/m,
  })
})
