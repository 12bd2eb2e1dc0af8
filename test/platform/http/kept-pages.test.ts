import { request } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliDecompress, gunzip, zstdDecompress } from 'node:zlib'
import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import t from 'tap'
import { boardsEvent, postEvent } from '../../../src/forum/events.ts'
import { acceptedEncodings } from '../../../src/platform/http/encodings.ts'
import { freshDatabase, startForum, type TestForum } from '../../support/forum.ts'
import { openNetwork } from '../../support/network.ts'
import type { Visit } from '../../support/person.ts'
import { serve } from '../../support/served.ts'
import { statementsDuring } from '../../support/statements.ts'
import { threadBy } from '../../support/threads.ts'
import { until } from '../../support/until.ts'

/** An answer as it comes over the wire, not unpacked. */
function fetchRaw(origin: string, path: string, headers: Record<string, string> = {}, method = 'GET') {
  const { promise, resolve, reject } = Promise.withResolvers<{
    status: number
    headers: Record<string, unknown>
    body: Buffer
  }>()
  request(origin + path, { method, headers: { 'accept-language': 'fr', ...headers } }, (answer) => {
    const parts: Buffer[] = []
    answer.on('data', (part: Buffer) => parts.push(part))
    answer.on('end', () =>
      resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(parts) }),
    )
  })
    .on('error', reject)
    .end()
  return promise
}

t.test('pages that are kept', async (t) => {
  const forum = await startForum(t)
  const zoe = await forum.member('Zoé')
  const { thread } = await threadBy(forum, 'Zoé', { title: 'Gardé', boards: ['nice', 'big-data'], replies: 3 })
  const path = `/threads/${thread.id}/${thread.slug}`

  t.test('are made once, however many ask at once', async (t) => {
    await forum.passerBy().get('/cities')
    const visits: Visit[] = []
    const statements = await statementsDuring(async () => {
      visits.push(...(await Promise.all(Array.from({ length: 50 }, () => forum.passerBy().get(path)))))
    })
    t.ok(visits.every(({ status, body }) => status === 200 && body.includes('Gardé')))
    t.ok(statements.length > 0 && statements.length <= 2)
    t.same(await statementsDuring(() => forum.passerBy().get(path)), [], 'and not again')
  })

  t.test('are the same page in every encoding, and come once to who has them', async (t) => {
    const plain = await fetchRaw(forum.origin, path)
    for (const [encoding, unpack] of [
      ['br', promisify(brotliDecompress)],
      ['gzip', promisify(gunzip)],
      ['zstd', promisify(zstdDecompress)],
    ] as const) {
      const packed = await fetchRaw(forum.origin, path, { 'accept-encoding': encoding })
      t.equal(packed.headers['content-encoding'], encoding)
      t.ok(packed.body.length < plain.body.length / 2)
      t.same(await unpack(packed.body), plain.body)
      const again = { 'accept-encoding': encoding, 'if-none-match': String(packed.headers.etag) }
      const unchanged = await fetchRaw(forum.origin, path, again)
      t.equal(unchanged.status, 304)
      t.equal(unchanged.body.length, 0)
      t.match(unchanged.headers['content-security-policy'], "default-src 'none'")
      await zoe.post(`/threads/${thread.id}/replies`, { body: `Changé pour ${encoding}` })
      t.equal((await fetchRaw(forum.origin, path, again)).status, 200)
      plain.body = (await fetchRaw(forum.origin, path)).body
    }
  })

  t.test('have nothing of a person, and a member’s page is never one of them', async (t) => {
    const first = await zoe.get(path)
    t.equal(first.headers.get('cache-control'), 'private, no-store')
    t.match(first.text('.account bdi'), 'Zoé')
    const passing = await forum.passerBy().get(path)
    t.equal(passing.text('.account bdi'), '')
    t.not(passing.body, first.body)
    t.equal((await zoe.get(path)).headers.get('etag'), null)
    const stale = forum.passerBy()
    stale.setCookie('session', 'une-session-qui-a-pris-fin')
    const visit = await stale.get(path)
    t.ok(visit.headers.getSetCookie().length > 0, 'whose session has ended is told so')
    t.same((await forum.passerBy().get(path)).headers.getSetCookie(), [], 'and nobody else')
  })

  t.test('are apart for each language and look', async (t) => {
    const english = forum.passerBy()
    english.language = 'en'
    const dark = forum.passerBy()
    dark.setCookie('theme', 'dark')
    for (let round = 0; round < 2; round += 1) {
      t.equal((await forum.passerBy().get('/')).document.documentElement.lang, 'fr')
      t.equal((await english.get('/')).document.documentElement.lang, 'en')
      t.equal((await dark.get('/')).document.documentElement.dataset.theme, 'dark')
    }
  })

  t.test('are not kept for addresses that anybody may make up', async (t) => {
    await forum.passerBy().get('/cities/nice?tracking=1')
    t.not((await statementsDuring(() => forum.passerBy().get('/cities/nice?tracking=1'))).length, 0)
    t.equal((await forum.passerBy().get('/threads/999/rien')).status, 404)
    const again = await statementsDuring(() => forum.passerBy().get('/threads/999/rien'))
    t.not(again.length, 0, 'nor is what was not found')
  })

  t.test('go when what they show changes', async (t) => {
    const reader = forum.passerBy()
    const { thread: moving, id } = await threadBy(forum, 'Zoé', { title: 'Mouvant', boards: ['metz', 'drones'] })
    const mira = await forum.member('Mira', 'moderator')
    const address = `/threads/${moving.id}/${moving.slug}`
    const shows = async (where: string, what: string | RegExp) => t.match((await reader.get(where)).body, what)
    const hides = async (where: string, what: string | RegExp) => t.notMatch((await reader.get(where)).body, what)
    for (const where of ['/', '/cities/metz', '/technologies/drones', '/cities/metz/drones'])
      await shows(where, 'Mouvant')
    await shows('/cities', /1 sujet<\/p>/)
    await zoe.post(`/posts/${id}/edit`, { title: 'Retitré', body: 'Voici le relevé.' })
    for (const where of ['/', '/cities/metz', '/technologies/drones', '/cities/metz/drones'])
      await shows(where, 'Retitré')
    t.equal((await reader.get(address)).status, 301)
    const read = `/threads/${moving.id}/retitre`
    await shows(read, 'Voici le relevé.')
    await zoe.post(`/posts/${id}/delete`)
    await hides(read, 'Voici le relevé.')
    await zoe.post(`/posts/${id}/restore`)
    await shows(read, 'Voici le relevé.')
    await mira.post(`/threads/${moving.id}/lock`)
    await shows(read, 'Ce sujet est fermé')
    await hides('/cities/angers', 'Retitré')
    await mira.post(`/threads/${moving.id}/move`, { boards: ['angers'] })
    await shows('/cities/angers', 'Retitré')
    await hides('/cities/metz', 'Retitré')
    await shows(read, 'Angers')
    await mira.post(`/threads/${moving.id}/remove`)
    await hides('/cities/angers', 'Retitré')
    await hides('/', 'Retitré')
    t.equal((await reader.get(read)).status, 404)
  })

  t.test('are quickly compressed for the first who asks, and smaller for those after the second', async (t) => {
    const browser = { 'accept-encoding': 'gzip, deflate, br, zstd' }
    const { thread: asked } = await threadBy(forum, 'Zoé', { replies: 5 })
    const address = `/threads/${asked.id}/${asked.slug}`
    const first = await fetchRaw(forum.origin, address, browser)
    t.equal(first.headers['content-encoding'], 'zstd')
    const smaller = async (): Promise<Awaited<ReturnType<typeof fetchRaw>>> => {
      const answer = await fetchRaw(forum.origin, address, browser)
      return answer.headers['content-encoding'] === 'br' ? answer : smaller()
    }
    const later = await smaller()
    t.ok(later.body.length < first.body.length)
    t.same(await promisify(brotliDecompress)(later.body), await promisify(zstdDecompress)(first.body))
    const known = await fetchRaw(forum.origin, address, { ...browser, 'if-none-match': String(first.headers.etag) })
    t.equal(known.status, 304, 'who has the first one has the page')
  })

  t.test('any header about encodings is answered', async (t) => {
    const smallest = (header?: string) => acceptedEncodings(header).smallest
    t.doesNotThrow(() =>
      fc.assert(
        fc.property(fc.string(), (text) => ['br', 'gzip', 'zstd', 'identity'].includes(smallest(text))),
        { seed: 1 },
      ),
    )
    t.equal(smallest('gzip, deflate, br'), 'br')
    t.equal(smallest('gzip, br;q=0'), 'gzip')
    t.equal(smallest('br;q=0.0, gzip;q=0'), 'identity')
    t.equal(smallest(undefined), 'identity')
    t.same(acceptedEncodings('gzip, br, zstd'), { smallest: 'br', quickest: 'zstd' })
  })
})

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

t.test('whose request it may be', async (t) => {
  const forum = await startForum(t)
  const zoe = await forum.member('Zoé')
  const mira = await forum.member('Mira', 'moderator')
  await zoe.post('/settings', { language: 'en', theme: 'dark' })
  const { thread } = await threadBy(forum, 'Zoé', { boards: ['nice'] })
  const { thread: removed } = await threadBy(forum, 'Zoé', { boards: ['nice'] })
  const gone = `/threads/${removed.id}/${removed.slug}`
  await mira.post(`/threads/${removed.id}/remove`)
  const shapes = (value: string) => [
    `session=${value}`,
    `session =${value}`,
    `session\t=${value}`,
    ` session=${value}`,
    `a=b;session=${value}`,
    `a=b;\tsession=${value}`,
    `a=b; session = ${value}`,
    `;;session=${value};`,
    `session="${value}"`,
    `session=; session=${value}`,
    `language=fr; theme=light; session=${value}`,
    `Session=${value}`,
    `__Host-session =${value}`,
  ]

  t.test('no spelling of a session puts a member’s page in the place of everybody’s', async (t) => {
    const session = zoe.cookie('session') ?? ''
    for (const path of ['/', '/cities', '/cities/nice', `/threads/${thread.id}/${thread.slug}`]) {
      for (const cookie of shapes(session)) {
        await forum.bus.announce(boardsEvent, cookie + path)
        const own = await fetchRaw(forum.origin, path, { cookie })
        t.equal(own.headers.etag, undefined, JSON.stringify(cookie.replace(session, '…')))
        const read = await fetchRaw(forum.origin, path)
        t.notMatch(String(read.body), /class="bell"|data-theme|<html lang="en"/)
        t.equal(read.headers['cache-control'], 'no-cache')
      }
    }
  })

  t.test('nor a removed thread before everybody', async (t) => {
    const session = mira.cookie('session') ?? ''
    for (const cookie of shapes(session)) {
      await fetchRaw(forum.origin, gone, { cookie })
      t.equal((await fetchRaw(forum.origin, gone)).status, 404)
    }
  })

  t.test('nor do credentials of another kind', async (t) => {
    await forum.bus.announce(boardsEvent, 'credentials')
    await fetchRaw(forum.origin, '/', { authorization: 'Bearer abc' })
    t.equal((await fetchRaw(forum.origin, '/', { authorization: 'Bearer abc' })).headers.etag, undefined)
  })

  t.test('language and look of a key are those of the page, however the cookies are written', async (t) => {
    const cookies = [
      'language=en',
      ' language=en',
      'a=b;\tlanguage=en',
      'language =en',
      'language="en"',
      'x; language=en',
    ]
    for (const cookie of [
      ...cookies,
      'language=en; language=fr',
      'language=fr; language=en',
      'theme =dark',
      'theme="dark"',
    ]) {
      await forum.bus.announce(boardsEvent, `words${cookie}`)
      await fetchRaw(forum.origin, '/', { cookie })
      const read = await fetchRaw(forum.origin, '/')
      t.match(String(read.body), '<html lang="fr" data-time-zone=', cookie)
    }
  })

  t.test('asking for the head alone gives the same head, and spoils nothing', async (t) => {
    for (const path of ['/', '/cities/nice', `/threads/${thread.id}/${thread.slug}`]) {
      await forum.bus.announce(boardsEvent, `head${path}`)
      const { date: _date, ...head } = (await fetchRaw(forum.origin, path, {}, 'HEAD')).headers
      const { date: _later, ...page } = (await fetchRaw(forum.origin, path)).headers
      t.equal(page['cache-control'], 'no-cache')
      t.same(head, page)
      const { date: _last, ...again } = (await fetchRaw(forum.origin, path, {}, 'HEAD')).headers
      t.same(again, page)
    }
  })

  t.test('a page is kept at its own address alone', async (t) => {
    const { thread: long } = await threadBy(forum, 'Zoé', { replies: 25, boards: ['nice'] })
    const path = `/threads/${long.id}/${long.slug}`
    const kept = [
      '/',
      '/cities',
      '/cities/nice',
      '/cities/nice?sort=new',
      '/cities/nice/drones',
      path,
      `${path}?page=2`,
    ]
    for (const address of kept) t.ok((await fetchRaw(forum.origin, address)).headers.etag, address)
    const made = ['/?page=aaaa', '/?page=2', '/cities?sort=new', '/cities/', '/cities/nice?before=1.1']
    const spelt = ['/cities/ni%63e', '/cities/nice?sort=active', '/cities/nice?sort=new&page=2', `${path}?page=02`]
    for (const address of [...made, ...spelt, `${path}?page=1`, `${path}/`, `${path}?page=2&page=2`]) {
      t.equal((await fetchRaw(forum.origin, address)).headers.etag, undefined, address)
    }
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
  forum.bus.announce(postEvent('edited', other.id, 1, []), 'written here')

  const read = await forum.passerBy().get(path)
  t.equal(read.status, 200)
  t.match(read.text('main > .notice'), /La base de données ne répond pas\. Cette page date du .+\u202f; elle se lit/)
  t.match(read.body, 'id="post-1"')
  t.equal(read.headers.get('cache-control'), 'no-store')
  t.equal(read.headers.get('etag'), null)
  t.equal(read.headers.get('retry-after'), null)
  const packed = await fetchRaw(forum.origin, path, { 'accept-encoding': 'gzip' })
  t.match(String(await promisify(gunzip)(packed.body)), 'La base de données ne répond pas')
  t.equal((await zoe.get(path)).status, 503, 'a member’s page is not made of it')
  t.equal((await forum.passerBy().get(changed)).status, 503, 'nor is one shown that this process knows to be outdated')
  t.equal((await forum.passerBy().get('/technologies')).status, 503, 'nor one that was never made')

  network.mend()
  await reconnected.promise
  const fresh = await forum.passerBy().get(path)
  t.equal(fresh.status, 200)
  t.equal(fresh.document.querySelectorAll('main > .notice').length, 0)
})
