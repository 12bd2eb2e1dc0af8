import { connect } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { sql } from 'drizzle-orm'
import t from 'tap'
import { postEvent } from '../../../src/forum/events.ts'
import { fetchRaw } from '../../support/fetch-raw.ts'
import { freshDatabase, startForum, type TestForum } from '../../support/forum.ts'
import { openNetwork } from '../../support/network.ts'
import { serve } from '../../support/served.ts'
import { threadBy } from '../../support/threads.ts'
import { until } from '../../support/until.ts'

/** So many posts there are when the writer stops. */
const LAST = 19

t.test('nobody reads an older page than what has been acknowledged', async (t) => {
  const forum = await startForum(t)
  const zoe = await forum.member('Zoé')
  const { thread } = await threadBy(forum, 'Zoé')
  const path = `/threads/${thread.id}/${thread.slug}`
  const other = await serve(t, { DATABASE_URL: forum.config.databaseUrl ?? '', WORKER: 'off' })
  const lastAt = async (origin: string) => {
    const { body } = await fetchRaw(origin, path)
    return Number(/data-last="(\d+)"/.exec(String(body))?.[1])
  }

  let acknowledged = 1
  let writing = true
  const readers = Array.from({ length: 8 }, async () => {
    while (writing) {
      const before = acknowledged
      const read = await lastAt(forum.origin)
      if (read < before) t.fail(`number ${read} was shown when ${before} had been acknowledged`)
      await lastAt(other.origin)
    }
  })
  for (let number = 2; number <= LAST; number += 1) {
    const sent = await zoe.post(`/threads/${thread.id}/replies`, { body: `Réponse ${number}` })
    t.equal(sent.status, 303)
    acknowledged = number
  }
  writing = false
  await Promise.all(readers)
  await until(async () => (await lastAt(other.origin)) === LAST)
  t.pass('and the other process has come to the same page')

  t.test('nor while a process cannot hear the other', async (t) => {
    const there = other.passerBy()
    await there.post('/login', { username: 'Zoé', password: 'quatre mots sans rapport' })
    await lastAt(forum.origin)
    const deaf = sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name = 'contrechamp bus'`
    await forum.database.execute(deaf)
    await there.post(`/threads/${thread.id}/replies`, { body: 'Sans annonce' })
    await until(async () => (await lastAt(forum.origin)) === LAST + 1)
    t.equal(await lastAt(forum.origin), LAST + 1)
  })
})

t.test('a reader whose answer cannot leave keeps no page from others', async (t) => {
  const forum = await startForum(t)
  await forum.member('Zoé')
  const page = '/cities/rien'
  const stuck = connect(Number(new URL(forum.origin).port), '127.0.0.1')
  t.teardown(() => stuck.destroy())
  const ask = (path: string) => `GET ${path} HTTP/1.1\r\nHost: a\r\nAccept-Language: fr\r\n\r\n`
  await forum.database.transaction(async (transaction) => {
    await transaction.execute(sql`lock table posts in access exclusive mode`)
    // Answers go out in the order of the questions: that of the page has to wait for the member's.
    stuck.write(ask('/members/Zo%C3%A9') + ask(page))
    await waitsForLock(forum)
    t.equal((await forum.passerBy().get(page)).status, 404)
    t.equal(stuck.bytesRead, 0)
  })
})

/** Resolves once a statement waits for a lock, as it does within moments. */
async function waitsForLock({ database }: TestForum): Promise<void> {
  for (let tries = 0; tries < 1_000; tries += 1) {
    const { rows } = await database.execute(sql`select from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`)
    if (rows.length > 0) return
  }
  throw new Error('No statement waits for a lock')
}

t.test('while the database is away, who has no account reads the last page that was kept', async (t) => {
  const { searchParams, pathname } = new URL(await freshDatabase())
  const network = await openNetwork(t, join(searchParams.get('host') ?? '', '.s.PGSQL.5432'))
  const url = `postgres://contrechamp@127.0.0.1:${network.port}${pathname}?sslmode=disable`
  const forum = await startForum(t, { DATABASE_URL: url })
  const zoe = await forum.member('Zoé')
  const { thread } = await threadBy(forum, 'Zoé')
  const { thread: other } = await threadBy(forum, 'Zoé')
  const path = `/threads/${thread.id}/${thread.slug}`
  const changed = `/threads/${other.id}/${other.slug}`
  for (const address of ['/', path, changed]) await fetchRaw(forum.origin, address)

  const disconnected = Promise.withResolvers<void>()
  const reconnected = Promise.withResolvers<void>()
  t.teardown(
    forum.bus.listen(({ type }) => {
      if (type === 'disconnected') disconnected.resolve()
      if (type === 'reconnected') reconnected.resolve()
    }),
  )
  network.cut()
  await disconnected.promise
  await forum.bus.announce(postEvent('edited', other.id, 1, []), 'written here')

  const read = await forum.passerBy().get(path)
  t.equal(read.status, 200)
  t.match(read.text('main > .notice'), /La base de données ne répond pas\. Cette page date du .+\u202f; elle se lit/)
  t.match(read.body, 'id="post-1"')
  t.equal(read.headers.get('cache-control'), 'no-store')
  t.equal(read.headers.get('etag'), null)
  t.equal(read.headers.get('retry-after'), null)
  const packed = await fetchRaw(forum.origin, path, { 'accept-encoding': 'gzip' })
  t.match(String(await promisify(gunzip)(packed.body)), 'La base de données ne répond pas')
  const english = await fetchRaw(forum.origin, path, { 'accept-language': 'en', cookie: 'theme=dark' })
  t.match(String(english.body), /lang="en">The database is not answering.*id="post-1"/s, 'or as others see it')
  const here = await zoe.get(path)
  t.equal(here.status, 200)
  t.match(here.text('main > .notice'), /Elle est montrée comme aux visiteurs\u202f; la session reste ouverte\./)
  t.equal(here.document.querySelectorAll('.account bdi').length, 0, 'a member reads what everybody reads')
  t.equal((await zoe.get('/notifications')).status, 503, 'what is theirs alone waits')
  t.equal((await forum.passerBy().get(changed)).status, 503, 'nor is one shown that this process knows to be outdated')
  t.equal((await forum.passerBy().get('/technologies')).status, 503, 'nor one that was never made')

  network.mend()
  await reconnected.promise
  await until(async () => (await fetchRaw(forum.origin, '/readyz')).status === 200)
  const fresh = await forum.passerBy().get(path)
  t.equal(fresh.status, 200)
  t.equal(fresh.document.querySelectorAll('main > .notice').length, 0)
})
