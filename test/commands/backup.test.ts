import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { copyFile, mkdir, readdir, readFile, stat, truncate, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { generateIdentity, identityToRecipient } from 'age-encryption'
import pg from 'pg'
import t, { type Test } from 'tap'
import { readConfig } from '../../src/config.ts'
import { type LoadOptions, loadForum } from '../../src/platform/backup/load-forum.ts'
import { saveForum } from '../../src/platform/backup/save-forum.ts'
import { socketUrl } from '../../src/platform/database/embedded/socket-folder.ts'
import { OperatorError } from '../../src/platform/process/operator-error.ts'
import { begin, Crowd } from '../support/crowd.ts'
import { freshDatabase } from '../support/forum.ts'
import { emptyDatabase, everyRow } from '../support/rows.ts'
import { command, dataFolder, launchCommand, serve } from '../support/served.ts'
import { until } from '../support/until.ts'

/** As `restore` does it in this process; to start another for each would take most of the time. */
const load = (settings: Record<string, string>, path: string, options: Partial<LoadOptions> = {}, check = noCheck) =>
  loadForum(readConfig(settings), path, { replace: false, identity: null, ...options }, check)

const noCheck = async (_url: string): Promise<void> => {}

/** As `backup` does it. */
const save = (settings: Record<string, string>, path: string, recipient: string | null = null) =>
  saveForum(readConfig(settings), path, recipient, new AbortController().signal)

/** Why something was refused, as the command says it. Anything else that goes wrong is thrown. */
async function refusal(asked: Promise<unknown>): Promise<string> {
  const error = await asked.then(
    () => new Error('It was not refused'),
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof OperatorError)) throw error
  return error.message
}

/** Where to restore to, and whether over what is there. */
interface Refused {
  DATABASE_URL?: string
  DATA_DIR?: string
  SECRET?: string
  replace?: boolean
}

/** A forum with a few hundred posts, a mail that waits and a file, and where its backup is. */
async function savedForum(t: Test): Promise<{ DATABASE_URL: string; DATA_DIR: string; file: string }> {
  const DATA_DIR = await dataFolder(t)
  const DATABASE_URL = await freshDatabase()
  const file = join(dirname(DATA_DIR), 'forum.backup')
  const size = ['--threads', '40', '--posts', '400', '--members', '30']
  t.match(await command(['demo', ...size], { DATABASE_URL, DATA_DIR }), { code: 0 })
  await mkdir(join(DATA_DIR, 'files', 'ab'), { recursive: true })
  await writeFile(join(DATA_DIR, 'files', 'ab', 'carte.png'), randomBytes(3_000_000))
  const { code, printed, complaints } = await command(['backup', file], { DATABASE_URL, DATA_DIR })
  t.same([code, complaints], [0, ''])
  t.match(printed, /^Saved in .*forum\.backup \(\d+\.\d MB\)\.\n$/)
  return { DATABASE_URL, DATA_DIR, file }
}

/** Whether rows are being put into the database, or keys and indexes made of them. */
async function isLoading(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query(
      `select from pg_stat_activity where application_name = 'contrechamp restore'
         and query ~ '^(copy|CREATE INDEX|CREATE UNIQUE INDEX|alter table .* add) '`,
    )
    return rows.length > 0
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

t.test('a backup', async (t) => {
  const { DATABASE_URL: saved, DATA_DIR, file } = await savedForum(t)
  const before = await everyRow(saved)

  await t.test('a forum moves to an embedded PostgreSQL and back, row by row', async (t) => {
    t.equal((await stat(file)).mode & 0o777, 0o600, 'nobody else reads it')
    t.same(
      (await readdir(dirname(file))).filter((name) => name.startsWith('.')),
      [],
      'nothing is left beside it',
    )
    t.match(before.posts, /^400 rows/)

    const embedded = { DATA_DIR: await dataFolder(t) }
    t.match(await command(['restore', file], embedded), { code: 0, complaints: '' })
    for (const name of ['secret', 'files/ab/carte.png']) {
      t.ok((await readFile(join(embedded.DATA_DIR, name))).equals(await readFile(join(DATA_DIR, name))), name)
    }
    const back = join(dirname(file), 'back.backup')
    t.match(await command(['backup', back], embedded), { code: 0, complaints: '' })
    const own = { DATABASE_URL: await emptyDatabase(), DATA_DIR: await dataFolder(t) }
    t.match(await command(['restore', back], own), { code: 0, complaints: '' })
    t.same(await everyRow(own.DATABASE_URL), before)

    const forum = await serve(t, embedded)
    const zoe = forum.passerBy()
    t.equal((await zoe.post('/register', { username: 'Zoé', password: 'quatre mots sans rapport' })).status, 303)
    t.equal((await zoe.post('/threads/1/replies', { body: 'Tout est là' })).status, 303, 'keys go on where they were')
    t.match(await command(['backup', back], embedded), { code: 0, complaints: '' }, 'also while it runs')
    const refused = await refusal(load(embedded, back, { replace: true }))
    t.match(refused, /^A forum runs on the data in .*: stop it first/)
  })

  await t.test('what cannot be restored is refused before anything is touched', async (t) => {
    const DATABASE_URL = await emptyDatabase()
    const nothing = await everyRow(DATABASE_URL)
    const wrong = join(dirname(file), 'wrong.backup')

    /** In one line, and nothing is touched. */
    async function refuses(t: Test, path: string, said: RegExp, given: Refused = {}): Promise<void> {
      const { replace = false, ...settings } = given
      const DATA_DIR = settings.DATA_DIR ?? (await dataFolder(t))
      const wasThere = existsSync(DATA_DIR)
      const refused = await refusal(load({ DATA_DIR, ...settings }, path, { replace }))
      t.match(refused, said)
      t.notMatch(refused, '\n', 'one line')
      if (!wasThere) t.notOk(existsSync(DATA_DIR), 'no data folder is made')
      t.same(await everyRow(DATABASE_URL), nothing)
    }

    /** The archive, but for some bytes. */
    async function changed(change: (bytes: Buffer) => void): Promise<string> {
      const bytes = await readFile(file)
      change(bytes)
      await writeFile(wrong, bytes)
      return wrong
    }

    await t.test('one that is not there', async (t) => {
      const settings = { DATABASE_URL, DATA_DIR: await dataFolder(t) }
      t.match(await command(['restore', '/nowhere/forum.backup'], settings), {
        code: 1,
        printed: '',
        complaints: /^contrechamp: [^\n]* cannot be read \(ENOENT\)[^\n]*\n$/,
      })
      await refuses(t, '/nowhere/forum.backup', /cannot be read \(ENOENT\)/, settings)
    })
    await t.test('something else', async (t) => {
      await writeFile(wrong, randomBytes(5_000))
      await refuses(t, wrong, /is no whole backup/, { DATABASE_URL })
    })
    await t.test('a cut one', async (t) => {
      await copyFile(file, wrong)
      await truncate(wrong, (await stat(file)).size - 1)
      await refuses(t, wrong, /is no whole backup: it is cut/, { DATABASE_URL })
      await truncate(wrong, 0)
      await refuses(t, wrong, /is no whole backup/)
    })
    await t.test('an altered one', async (t) => {
      const { size } = await stat(file)
      for (const place of [3, 30, Math.floor(size / 2), size - 100]) {
        const path = await changed((bytes) => bytes.writeUInt8((bytes.readUInt8(place) + 1) % 256, place))
        await refuses(t, path, /is damaged/, { DATABASE_URL })
      }
    })
    await t.test('one of another secret', (t) =>
      refuses(t, file, /SECRET is not the one of the backup/, {
        DATABASE_URL,
        SECRET: 'un autre secret, aussi long que l’autre',
      }),
    )
    await t.test('words that are no file', async (t) => {
      t.match(await command(['restore', '--force', file], { DATABASE_URL }), {
        code: 1,
        complaints: /Use: restore FILE/,
      })
      t.same(await everyRow(DATABASE_URL), nothing)
    })

    await t.test('into a forum that is there', async (t) => {
      const there = { DATABASE_URL: await freshDatabase() }
      await refuses(t, file, /There is a forum already: .* add --replace/, there)
      t.match(await command(['restore', file, '--replace'], { ...there, DATA_DIR: await dataFolder(t) }), { code: 0 })
    })
    await t.test('into a database that another program uses', async (t) => {
      const there = { DATABASE_URL: await emptyDatabase() }
      const client = new pg.Client({ connectionString: there.DATABASE_URL })
      await client.connect()
      await client.query('create table posts (words text)')
      await client.end()
      await refuses(t, file, /has tables of another program/, { ...there, replace: true })
    })
    await t.test('under a forum that runs', async (t) => {
      const running = { DATABASE_URL: await freshDatabase(), DATA_DIR: await dataFolder(t) }
      await serve(t, running)
      await refuses(t, file, /A forum runs on this database: stop/, { ...running, replace: true })
    })
  })

  await t.test('a restore that is killed half-way can be run again', async (t) => {
    for (const target of [{ DATABASE_URL: await emptyDatabase() }, {}]) {
      const settings = { ...target, DATA_DIR: await dataFolder(t) }
      const restore = launchCommand(t, ['restore', file], settings)
      const url = target.DATABASE_URL ?? socketUrl(join(settings.DATA_DIR, 'postgres'))
      await until(() => isLoading(url), 60_000)
      await restore.kill()
      let after = {}
      await load(settings, file, { replace: true }, async (url) => {
        after = await everyRow(url)
      })
      t.same(after, before)
    }
  })
})

t.test('a backup of a newer version is refused', async (t) => {
  const DATABASE_URL = await freshDatabase()
  const settings = { DATABASE_URL, DATA_DIR: await dataFolder(t) }
  const client = new pg.Client({ connectionString: DATABASE_URL })
  await client.connect()
  await client.query(`insert into drizzle.__drizzle_migrations (hash, created_at) values ('of tomorrow', $1)`, [
    Date.now() + 86_400_000,
  ])
  await client.end()
  const file = join(dirname(settings.DATA_DIR), 'newer.backup')
  await save(settings, file)
  const refused = await refusal(load({ DATA_DIR: await dataFolder(t) }, file))
  t.match(refused, /was made by a newer version of the forum: restore it with that version/)
})

t.test('an encrypted one opens with its key only', async (t) => {
  const settings = { DATABASE_URL: await freshDatabase(), DATA_DIR: await dataFolder(t) }
  const folder = dirname(settings.DATA_DIR)
  const [file, key, otherKey] = ['forum.backup', 'key.txt', 'other.txt'].map((name) => join(folder, name))
  if (!file || !key || !otherKey) throw new Error('Three paths')
  const identity = await generateIdentity()
  await writeFile(key, `# created: today\n${identity}\n`)
  await writeFile(otherKey, await generateIdentity())
  const recipient = await identityToRecipient(identity)
  t.match(await refusal(save(settings, file, 'age1nobody')), /A recipient must be a public key of age/)
  t.match(await command(['backup', file, '--to-recipient', recipient], settings), { code: 0, complaints: '' })
  const target = { DATABASE_URL: await emptyDatabase(), DATA_DIR: await dataFolder(t) }
  t.match(await refusal(load(target, file)), /is encrypted for age1.*: add --identity/)
  t.match(await refusal(load(target, file, { identity: otherKey })), /does not open it/)
  t.match(await command(['restore', file, '--identity', key], target), { code: 0, complaints: '' })
  t.same(await everyRow(target.DATABASE_URL), await everyRow(settings.DATABASE_URL))
})

t.test('a backup while people post has no reply without its count', async (t) => {
  const settings = { DATABASE_URL: await freshDatabase(), DATA_DIR: await dataFolder(t) }
  const forum = await serve(t, settings)
  const zoe = await begin(t, forum)
  const crowd = new Crowd()
  let enough = false
  const crowds = Array.from({ length: 3 }, () => crowd.reply(zoe, () => enough))
  await crowd.until(10)
  const file = join(dirname(settings.DATA_DIR), 'busy.backup')
  t.match(await command(['backup', file], settings), { code: 0, complaints: '' })
  await crowd.until(crowd.acknowledged.length + 5)
  enough = true
  await Promise.all(crowds)

  const target = { DATABASE_URL: await emptyDatabase(), DATA_DIR: await dataFolder(t) }
  await load(target, file)
  const client = new pg.Client({ connectionString: target.DATABASE_URL })
  await client.connect()
  t.teardown(() => client.end())
  const { rows } = await client.query(`
    select threads.id, last_number, reply_count, count(*)::int - 1 as replies, max(number) as newest,
      (select count(*)::int from search_rows where search_rows.thread_id = threads.id) as found
    from threads join posts on thread_id = threads.id group by threads.id`)
  t.ok(rows.length > 0)
  for (const { last_number, reply_count, replies, newest, found } of rows) {
    t.same([reply_count, last_number, found], [replies, newest, replies + 1])
  }
})
