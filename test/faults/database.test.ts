import { randomBytes } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import pg from 'pg'
import t, { type Test } from 'tap'
import { seedBoards } from '../../src/forum/boards/seed-boards.ts'
import { saveForum } from '../../src/platform/backup/save-forum.ts'
import { socketUrl } from '../../src/platform/database/embedded/socket-folder.ts'
import { atOnce } from '../support/at-once.ts'
import { begin, Crowd, isWhole, nothingIsLost } from '../support/crowd.ts'
import { startForum, type TestForum } from '../support/forum.ts'
import { FaithfulWindow } from '../support/live-window.ts'
import { correspondents, digestTo, fates, laterOn, queue, send } from '../support/mail.ts'
import { startOwnDatabase } from '../support/own-database.ts'
import type { Person } from '../support/person.ts'
import { serve } from '../support/served.ts'
import { openDisk } from '../support/small-disk.ts'
import { threadBy } from '../support/threads.ts'
import { until } from '../support/until.ts'

/** So that a test need not wait for as long as people do. */
const PATIENCE = { connection: 1_000, statement: 1_500 }
const DISK_MEGABYTES = 400
/** Twice what an empty forum takes. */
const EMBEDDED_MEGABYTES = 100

/** What a member asks for while the database is not well: pages with lists, with a form, of their own, for programs. */
const PAGES = [
  ...[
    '/',
    '/cities',
    '/technologies',
    '/threads',
    '/threads.atom',
    '/cities/nice',
    '/search?q=pont',
    '/members/Zo%C3%A9',
    '/threads/new',
  ],
  ...['/notifications', '/subscriptions', '/settings', '/settings/security', '/privacy', '/transparency'],
  ...['/api/v1/cities', '/api/v1/search?q=pont', '/robots.txt', '/sitemap.xml'],
]

const TEXTS = ['/rules', '/help', '/contact', '/privacy', '/offline']

t.test('whatever becomes of the database, reading goes on where it can and nothing written is lost', async (t) => {
  const disk = await openDisk(t, DISK_MEGABYTES)
  const files = await openDisk(t, 1)
  const database = await startOwnDatabase(t, disk, {
    max_connections: '30',
    superuser_reserved_connections: '0',
  })
  const DATA_DIR = join(files.folder, 'forum')
  const settings = { DATABASE_URL: database.url, DATA_DIR, RATE_LIMITS: 'on', LOG_LEVEL: 'silent' }
  const forum = await startForum(t, settings, PATIENCE)
  await seedBoards(forum.database)
  const zoe = await forum.member('Zoé')
  const { thread } = await threadBy(forum, 'Zoé', { title: 'Le pont' })
  const page = `/threads/${thread.id}/${thread.slug}`
  const replies = `/threads/${thread.id}/replies`
  const reader = new FaithfulWindow(t, [forum.origin], thread.id)
  // Its first feed gives a forum the name in which it gives ids.
  await zoe.get('/threads.atom')
  const isReady = async () => (await forum.passerBy().get('/readyz')).status === 200
  const keep = async () => t.equal((await forum.passerBy().get(page)).status, 200)

  /** A reply that cannot be written comes back with all it said, and when to try again; it is written once when it can. */
  async function refused(t: Test, body: string, told: RegExp): Promise<() => Promise<void>> {
    const form = { body, request_id: crypto.randomUUID() }
    const sent = await zoe.post(replies, form)
    t.equal(sent.status, 503)
    t.match(sent.headers.get('retry-after'), /^\d+$/)
    t.match(sent.text('h1'), told)
    t.same(sent.fields('form.compose').body, [body])
    t.same(sent.fields('form.compose').request_id, [form.request_id])
    return async () => {
      await until(isReady)
      await until(async () => (await zoe.post(replies, form)).status === 303)
      const { rows } = await forum.database.execute(sql`select from posts where body = ${body}`)
      t.equal(rows.length, 1, 'it is there, once')
    }
  }

  await t.test('paused', async (t) => {
    await keep()
    for (const path of TEXTS) await zoe.get(path)
    await database.pause()
    const again = await refused(t, 'Écrit pendant la pause', /n’atteint pas sa base de données/)
    const read = await forum.passerBy().get(page)
    t.equal(read.status, 200, 'whoever has no account reads what was kept')
    const own = await zoe.get(page)
    t.equal(own.status, 200, 'so does a member')
    t.match(own.text('main > .notice'), /se lit, mais rien ne peut être écrit.*comme aux visiteurs/)
    t.match(own.headers.get('age'), /^\d+$/)
    for (const path of TEXTS) t.equal((await zoe.get(path)).status, 200, `${path} is read all the same`)
    const never = await forum.passerBy().get('/cities/lyon')
    t.equal(never.status, 503, 'a page that nobody has asked for waits')
    t.match(never.headers.get('retry-after'), /^\d+$/)
    await until(async () => !(await isReady()))
    const crowd = await atOnce(40, () => zoe.get('/notifications').then(({ status }) => status))
    t.ok(crowd.every((answer) => answer.status === 'fulfilled' && answer.value === 503))
    t.equal(forum.database.$client.waitingCount, 0, 'nobody waits for a connection')
    database.goOn()
    await again()
    t.equal((await zoe.get(page)).document.querySelectorAll('main > .notice').length, 0)
  })

  await t.test('slow: somebody holds what others want', async (t) => {
    await keep()
    const other = new pg.Client({ connectionString: database.url })
    await other.connect()
    await other.query('begin; lock table threads in access exclusive mode')
    const again = await refused(t, 'Écrit devant un verrou', /très occupé/)
    t.match((await zoe.get(page)).text('main > .notice'), 'comme aux visiteurs')
    await other.query('rollback')
    await other.end()
    await again()
  })

  await t.test('out of connections', async (t) => {
    t.equal((await zoe.get('/notifications')).status, 200, 'the forum has a connection')
    const others: pg.Client[] = []
    for (let full = false; !full; ) {
      const other = new pg.Client({ connectionString: database.url })
      other.on('error', () => {})
      full = await other.connect().then(
        () => !others.push(other),
        () => true,
      )
    }
    const answers = await atOnce(8, (index) =>
      index % 2 === 0 ? zoe.get(page) : zoe.post(replies, { body: `Serrés ${index}`, request_id: crypto.randomUUID() }),
    )
    const statuses = answers.map((answer) => (answer.status === 'fulfilled' ? answer.value.status : 0))
    t.same(
      statuses,
      Array.from(statuses, (_, index) => (index % 2 === 0 ? 200 : 303)),
      'those that it has are shared',
    )
    await Promise.all(others.map((other) => other.end()))
  })

  await t.test('read-only', async (t) => {
    await database.ask(`update sessions set seen_on = current_date - 1, expires_at = now() + interval '3 days'`)
    await database.ask('alter system set default_transaction_read_only = on')
    await database.ask('select pg_reload_conf()')
    await until(async () => !(await isReady()))
    const fresh = await login(forum, zoe)
    for (const path of PAGES) {
      for (const [who, person] of [
        ['a member', fresh],
        ['a passer-by', forum.passerBy()],
      ] as const) {
        const { status } = await person.get(path)
        t.ok([200, 303].includes(status), `${who} reads ${path}: ${status}`)
      }
    }
    const again = await refused(t, 'Écrit en lecture seule', /n’accepte que la lecture/)
    await database.ask('alter system reset default_transaction_read_only')
    await database.ask('select pg_reload_conf()')
    await again()
  })

  await t.test('on a full disk', async (t) => {
    if (!disk.isOwn) return t.comment('This system gives us no disk of our own to fill')
    await keep()
    await disk.fill()
    const long = Array.from({ length: 6_000 }, () => randomBytes(4).toString('hex')).join(' ')
    const again = await refused(t, long, /disque du serveur est plein|n’atteint pas/)
    t.equal((await forum.passerBy().get(page)).status, 200)
    t.equal((await zoe.get(page)).status, 200)
    await disk.clear()
    await again()
  })

  await t.test('with a folder of files that is full', async (t) => {
    if (!files.isOwn) return t.comment('This system gives us no disk of our own to fill')
    const outbox = () => readdir(join(DATA_DIR, 'outbox')).catch(() => [])
    const [reader = 0] = await correspondents(forum, 'lectrice')
    await queue(forum, digestTo(reader))
    await files.fill()
    await send(forum)
    t.match(await fates(forum), [{ state: 'queued', waits: true }], 'a mail that finds no room waits')
    t.same(await outbox(), [], 'and is not there by half')
    t.equal((await zoe.post(replies, { body: 'Écrit à côté d’un dossier plein' })).status, 303)
    const into = join(files.folder, 'forum.backup')
    await t.rejects(saveForum(forum.config, into, null, new AbortController().signal), /ENOSPC.*make room there/)
    t.same(
      (await readdir(files.folder)).filter((name) => name.includes('backup')),
      [],
      'nor is a backup',
    )
    await files.clear()
    await laterOn(forum)
    await send(forum)
    t.match(await fates(forum), [{ state: 'sent' }])
    t.match(await outbox(), [/\.eml$/])
  })

  const { rows } = await forum.database.execute<{ number: number }>(
    sql`select number from posts where thread_id = ${thread.id} order by number`,
  )
  await reader.until(rows.length)
  t.same(
    reader.numbers,
    rows.map(({ number }) => number),
    'who reads along has all of it',
  )
  await isWhole(t, forum.database)
})

t.test('the embedded database ends for want of space, and comes back by itself once there is some', async (t) => {
  const disk = await openDisk(t, EMBEDDED_MEGABYTES)
  if (!disk.isOwn) return t.comment('This system gives us no disk of our own to fill')
  const DATA_DIR = join(disk.folder, 'data')
  const forum = await serve(t, { DATA_DIR, LOG_LEVEL: 'silent' })
  const zoe = await begin(t, forum)
  const reader = new FaithfulWindow(t, [forum.origin], 1)
  const crowd = new Crowd()
  let enough = false
  const crowds = [crowd.reply(zoe, () => enough)]
  await crowd.until(15)
  await disk.fill()
  const client = new pg.Client({ connectionString: socketUrl(join(DATA_DIR, 'postgres')) })
  client.on('error', () => {})
  await client.connect()
  // As its log goes on to the next file, for which there is no room: PostgreSQL then ends.
  for (let runs = true; runs; )
    runs = await client.query('select pg_switch_wal(), txid_current()').then(Boolean, () => false)
  await until(async () => (await forum.passerBy().get('/readyz')).status === 503)
  enough = true
  await Promise.all(crowds)
  const sent = await zoe.post('/threads/1/replies', { body: 'Écrit sans base' })
  t.equal(sent.status, 503)
  t.same(sent.fields('form.compose').body, ['Écrit sans base'])

  await disk.clear()
  await until(async () => (await forum.passerBy().get('/readyz')).status === 200, 60_000)
  t.equal((await zoe.post('/threads/1/replies', { body: 'Et nous revoilà' })).status, 303)
  await nothingIsLost(t, socketUrl(join(DATA_DIR, 'postgres')), crowd, reader)
  t.equal(await forum.end('SIGTERM'), 0)
})

/** The same member, of whom this process remembers nothing. */
async function login(forum: TestForum, { cookieHeader }: Person): Promise<Person> {
  const person = forum.passerBy()
  const [name = '', value = ''] =
    cookieHeader
      .split(/; */)
      .find((one) => one.includes('session'))
      ?.split('=') ?? []
  person.setCookie(name, value)
  return person
}
