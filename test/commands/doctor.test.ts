import { existsSync } from 'node:fs'
import { chmod, mkdir, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import pg from 'pg'
import t, { type Test } from 'tap'
import { examine, lineOf } from '../../src/commands/doctor.ts'
import { databaseInvariants } from '../../src/forum/administration/database-invariants.ts'
import { INVARIANTS } from '../../src/forum/administration/deep-checks.ts'
import { countBroken } from '../../src/forum/invariant.ts'
import { openDatabase } from '../../src/platform/database/database.ts'
import { freshDatabase } from '../support/forum.ts'
import { freePort } from '../support/free-port.ts'
import { MailServer } from '../support/mail-server.ts'
import { command, dataFolder, serve } from '../support/served.ts'

type Settings = Record<string, string> & { DATA_DIR: string }

/** What the command says, and its exit code; to start a process for each would take most of the time. */
async function says(
  settings: Record<string, string>,
  { deep = false } = {},
): Promise<{ code: number; printed: string }> {
  const findings = await Array.fromAsync(examine(settings, { deep }))
  const printed = findings.map((finding) => `${lineOf(finding)}\n`).join('')
  return { code: findings.some(({ kind }) => kind === 'broken') ? 1 : 0, printed }
}

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
  const found = await command(['doctor', '--deep'], settings)
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

/** One way to break each thing that must be so, in a forum that `demo` has filled. */
const DAMAGES: Record<string, string> = {
  'threads that would give a number twice': 'update threads set last_number = last_number - 1 where id = 9',
  'threads whose posts have numbers that are missing': 'delete from posts where number = 2 and thread_id = 1',
  'threads with a wrong number of replies': 'update threads set reply_count = reply_count + 1 where id < 4',
  'threads whose last post is newer': `update threads set last_post_at = last_post_at - interval '1 day' where id = 5`,
  'threads that name the wrong author':
    'update threads set last_author_id = (select max(id) from members where id <> last_author_id) where id = 6',
  'threads with a heat': 'update threads set heat = heat - 50 where id in (7, 8)',
  'places in boards': 'delete from thread_boards where thread_id = 10',
  'places in crossings': `update crossing_threads set active_at = now() + interval '1 hour'`,
  'threads in a board, by an author or merged':
    'update threads set board_ids = board_ids || 999999::bigint where id = 3',
  'threads without any post': 'delete from posts where thread_id = 2',
  'posts that have called more': 'update posts set called_count = -1 where id = 3',
  'threads that are called empty': 'update threads set emptied = true, removed_at = now() where id = 4',
  'threads that were merged into another': 'update threads set merged_into = 2 where id = 4',
  'places in threads that hold a post':
    'insert into moved_posts (thread_id, number, post_id) select thread_id, number, id from posts where id = 5',
  'posts that answer one that never was': 'update posts set reply_to = 9999 where id = 6',
  'posts that were edited': 'update posts set edit_count = edit_count + 3 where id = 7',
  'posts that wait for a moderator and stand':
    'alter table posts drop constraint posts_held; update posts set held_at = now(), deleted_at = null where id = 8',
  'posts with a wrong number of members who find': 'update posts set useful_count = useful_count + 2 where id = 9',
  'boards with a wrong number': 'update boards set thread_count = thread_count + 7 where id < 3',
  'crossings with a wrong number': 'update crossings set thread_count = thread_count + 7',
  'posts that search does not find': 'delete from search_rows where id = 3',
  'posts that search finds, though': `insert into search_rows (kind, id, language, posted_at, words) values ('post', 999999, 'fr', now(), '')`,
  'posts that search finds in another': 'update search_rows set thread_id = thread_id + 1 where id = 4',
  'cases with a wrong number': `insert into cases (kind, post_id, flag_count) values ('flagged', 9, 4)`,
  'posts that wait for a moderator whom':
    'update posts set held_at = now(), deleted_at = now(), deleted_by = null where id = 10',
  'cases that ask a moderator': `insert into cases (kind, post_id) values ('held', 11)`,
  'sanctions that hold': `insert into sanctions (member_id, kind, reason) values (2, 'ban', '')`,
  'members who have read more':
    'insert into reads (member_id, thread_id, number) values (3, 3, 9999) on conflict (member_id, thread_id) do update set number = 9999',
  'members who were told twice of a post': `
    drop index notifications_post;
    insert into notifications (member_id, kind, thread_id, number) values (4, 'answer', 1, 1), (4, 'answer', 1, 1)`,
  'members who were told twice of the replies': `
    drop index notifications_replies;
    insert into notifications (member_id, kind, thread_id, number) values (4, 'reply', 1, 1), (4, 'reply', 1, 1)`,
  'members who were told twice of the new threads': `
    drop index notifications_threads;
    insert into notifications (member_id, kind, thread_id, number, board_id)
    values (4, 'thread', 1, 1, 1), (4, 'thread', 2, 1, 1)`,
  'notifications of posts that are nowhere': `insert into notifications (member_id, kind, thread_id, number) values (4, 'mention', 1, 9999)`,
  'mails, digests among them': `
    drop index mails_unique_key;
    insert into mails (member_id, kind, unique_key, urgent, state)
    values (5, 'digest', 'digest of today', false, 'sent'), (5, 'digest', 'digest of today', false, 'sent')`,
  'archives of somebody’s data': `insert into data_exports (member_id, state, run, size) values (6, 'ready', gen_random_uuid(), 7)`,
  'indexes or foreign keys that PostgreSQL':
    'alter table reads add constraint half foreign key (number) references members (id) not valid',
  'rows of posts whose author_id lead':
    'set local session_replication_role = replica; update posts set author_id = 999999 where id = 12',
  'table threads that would give a key twice': `select setval(pg_get_serial_sequence('threads', 'id'), 3)`,
}

t.test('a forum that people write in', async (t) => {
  const settings = await written(t)

  await t.test('what is broken is said with the remedy, and the exit code', async (t) => {
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
    await t.test('a replica, and what carries events', async (t) => {
      const away = `127.0.0.1:${await freePort()}`
      const LIVE_BUS = `redis://:geheim@${away}`
      const DATABASE_REPLICA_URLS = `${settings.DATABASE_URL},postgres://forum:geheim@${away}/forum`
      const found = await says({ ...settings, LIVE_BUS, DATABASE_REPLICA_URLS })
      t.equal(found.code, 1)
      t.match(found.printed, /^BROKEN {2}Replica 1 of DATABASE_REPLICA_URLS follows no other server/m)
      t.match(found.printed, /^BROKEN {2}Replica 2 of DATABASE_REPLICA_URLS does not answer/m)
      t.match(found.printed, /^BROKEN {2}The server of LIVE_BUS does not answer/m)
      t.notMatch(found.printed, 'geheim')
      const refused = await command(['seed'], { ...settings, LIVE_BUS })
      t.match(refused, { code: 1, complaints: /^contrechamp: The server of LIVE_BUS does not answer: [^\n]*\n$/ })
      t.notMatch(refused.printed, 'geheim')
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
      t.match(await says(newer, { deep: true }), { code: 1, printed: /^BROKEN {2}The database is of a newer version/m })
    })
    t.match(await command(['doctor', '--mend'], settings), {
      code: 1,
      complaints: 'contrechamp: Use: doctor [--deep [--mend]]\n',
    })
  })

  await t.test('whatever must be so and is not is named, and counts are mended', async (t) => {
    const database = await openDatabase(settings.DATABASE_URL ?? '', 1)
    t.teardown(() => database.$client.end())
    const all = [...(await databaseInvariants(database)), ...INVARIANTS]
    for (const { says } of INVARIANTS)
      t.ok(
        Object.keys(DAMAGES).some((named) => says.startsWith(named)),
        says,
      )
    for (const [named, statement] of Object.entries(DAMAGES)) {
      const invariant = all.find(({ says }) => says.startsWith(named))
      if (!invariant) throw new Error(`Nothing looks for: ${named}`)
      const undone = new Error('as it was before')
      await t.rejects(
        database.transaction(async (transaction) => {
          t.equal(await countBroken(transaction, invariant), 0, `no ${named}`)
          await transaction.execute(sql.raw(statement))
          t.ok((await countBroken(transaction, invariant)) > 0, named)
          if (invariant.mend) {
            await transaction.execute(invariant.mend)
            t.equal(await countBroken(transaction, invariant), 0, `mended: ${named}`)
          }
          throw undone
        }),
        undone,
      )
    }

    await query(settings, 'update threads set reply_count = reply_count + 1 where id < 4')
    const line = 'threads with a wrong number of replies'
    t.match(await command(['doctor', '--deep'], settings), {
      code: 1,
      printed: new RegExp(`^BROKEN {2}3 ${line}\\. Run: doctor --deep --mend$`, 'm'),
    })
    await query(settings, 'delete from posts where number = 2 and thread_id = 1')
    const mended = await command(['doctor', '--deep', '--mend'], settings)
    t.match(mended, { code: 1, printed: new RegExp(`^mended {2}3 ${line}: mended\\.$`, 'm') })
    t.match(
      mended.printed,
      /^BROKEN {2}1 threads whose posts have numbers that are missing.*Nothing mends this by itself/m,
    )
  })
})
