import t from 'tap'
import { changeSettings } from '../../../src/forum/administration/change-settings.ts'
import { atom, contracts, json } from '../../support/feeds.ts'
import { freshDatabase, startForum } from '../../support/forum.ts'
import { idOf, threadBy } from '../../support/threads.ts'

const ONION = { 'x-forwarded-host': 'abcdefghijklmnop.onion' }

t.test('how feeds are asked for', async (t) => {
  const forum = await startForum(t)
  const reader = forum.passerBy()
  const zoe = await forum.member('Zoé')
  const { thread } = await contracts(forum)
  const paths = ['/threads', '/cities/nice', '/cities/nice/big-data', `/threads/${thread.id}`, '/members/Zo%C3%A9']

  t.test('by the onion address: all addresses are that one, and the ids are the same', async (t) => {
    for (const path of paths) {
      for (const ask of [atom, json]) {
        const own = await ask(reader, path)
        const { visit } = await ask(reader, path, ONION)
        t.ok(visit.body.includes('http://abcdefghijklmnop.onion/threads/'), path)
        t.notOk(visit.body.includes(new URL(forum.origin).host), path)
        t.equal((await ask(reader, path)).visit.body, own.visit.body, 'and others are not led there')
      }
      const [here, there] = [await atom(reader, path), await atom(reader, path, ONION)]
      t.same([there.feed.id, ...there.entries.map(({ id }) => id)], [here.feed.id, ...here.entries.map(({ id }) => id)])
    }
  })

  t.test('again: it is not sent to who has it, until it changes', async (t) => {
    for (const path of paths) {
      const { headers } = await reader.get(`${path}.atom`)
      const known = { 'if-none-match': headers.get('etag') ?? '' }
      const since = { 'if-modified-since': headers.get('last-modified') ?? '' }
      for (const condition of [known, since, { ...known, ...since }]) {
        const again = await reader.get(`${path}.atom`, condition)
        t.same([again.status, again.body], [304, ''], path)
        t.equal(again.headers.get('etag'), headers.get('etag'))
      }
      t.equal((await reader.get(`${path}.atom`, { ...since, 'if-none-match': '"another"' })).status, 200)
      t.equal((await reader.get(`${path}.atom`, { 'if-modified-since': 'jamais' })).status, 200)
      const english = forum.passerBy()
      english.language = 'en'
      t.equal((await english.get(`${path}.atom`, since)).status, 200, 'another language is not known')
      await zoe.post(`/threads/${thread.id}/replies`, { body: 'Du neuf' })
      const isPosts = path.endsWith('9') || path === `/threads/${thread.id}`
      t.equal((await reader.get(`${path}.atom`, known)).status, isPosts ? 200 : 304, `${path} after a reply`)
    }
  })

  t.test('with HEAD, and in another language', async (t) => {
    const head = await fetch(`${forum.origin}/threads.atom`, { method: 'HEAD' })
    t.equal(head.status, 200)
    t.ok(head.headers.get('etag'))
    t.equal(head.headers.get('x-robots-tag'), 'noindex')
    t.equal(await head.text(), '')
    const english = forum.passerBy()
    english.language = 'en'
    const { feed } = await atom(english, '/cities/nice/big-data')
    t.equal(feed.xml?.lang, 'en')
    t.equal((await atom(reader, '/cities/nice/big-data')).feed.xml?.lang, 'fr')
  })

  t.test('by the name that the forum has now', async (t) => {
    t.equal((await atom(reader, '/cities/nice')).feed.title?.value, 'Nice · Contrechamp')
    const admin = await forum.member('Inès', 'admin')
    await changeSettings(forum, await idOf(forum, 'Inès'), { name: 'Regards' })
    t.equal((await atom(reader, '/cities/nice')).feed.title?.value, 'Nice · Regards')
    const link = (await admin.get('/cities/nice')).document.querySelector('link[type="application/atom+xml"]')
    t.equal(link?.getAttribute('title'), 'Nice · Regards')
  })

  t.test('by moderators: what only they see is in no feed', async (t) => {
    const moderator = await forum.member('Léa', 'moderator')
    const hidden = await threadBy(forum, 'Zoé', { title: 'À retirer' })
    await moderator.post(`/threads/${hidden.thread.id}/remove`)
    t.notMatch((await atom(moderator, '/threads')).visit.body, 'À retirer')
    t.equal((await moderator.get(`/threads/${hidden.thread.id}.atom`)).status, 404)
    t.equal((await atom(moderator, '/threads')).visit.headers.get('cache-control'), 'private, no-cache')
  })

  t.test('from the pages that have one', async (t) => {
    const pages = { '/': '/threads', '/threads': '/threads', '/cities/nice': '/cities/nice' }
    const more = { '/cities/nice/big-data': '/cities/nice/big-data', '/members/Zo%C3%A9': '/members/Zo%C3%A9' }
    const ofThread = { [`/threads/${thread.id}/${thread.slug}`]: `/threads/${thread.id}` }
    for (const [page, path] of Object.entries({ ...pages, ...more, ...ofThread })) {
      const { document } = await reader.get(page)
      const links = [...document.querySelectorAll('head link[rel=alternate]')]
      t.same(
        links.map((link) => [link.getAttribute('type'), link.getAttribute('href')]),
        [
          ['application/atom+xml', `${path}.atom`],
          ['application/feed+json', `${path}.json`],
        ],
        page,
      )
      t.equal(document.querySelector('.colophon a[type]')?.getAttribute('href'), `${path}.atom`)
      t.equal((await reader.get(`${path}.atom`)).status, 200)
    }
    t.equal((await reader.get('/login')).document.querySelector('link[rel=alternate]'), null)
  })
})

t.test('a forum gives the same ids after it has moved', async (t) => {
  const DATABASE_URL = await freshDatabase()
  const forum = await startForum(t, { DATABASE_URL })
  await forum.member('Zoé')
  await contracts(forum)
  const { feed } = await atom(forum.passerBy(), '/threads')
  const moved = await startForum(t, { DATABASE_URL, ORIGIN: 'https://forum.exemple.fr' })
  const after = await atom(moved.passerBy(), '/threads')
  t.equal(after.feed.id, feed.id)
  t.notOk(feed.id?.includes('exemple'))
})
