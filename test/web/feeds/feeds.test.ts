import { parseAtomFeed, parseFeed, parseJsonFeed } from 'feedsmith'
import t from 'tap'
import { changeSettings } from '../../../src/forum/administration/change-settings.ts'
import { deletePost } from '../../../src/forum/discussion/delete-post.ts'
import { removeThread, restoreThread } from '../../../src/forum/discussion/remove-thread.ts'
import { freshDatabase, startForum, type TestForum } from '../../support/forum.ts'
import { parsed } from '../../support/parsed.ts'
import type { Person } from '../../support/person.ts'
import { idOf, threadBy } from '../../support/threads.ts'

const ONION = { 'x-forwarded-host': 'abcdefghijklmnop.onion' }

async function atom(reader: Person, path: string, headers: Record<string, string> = {}) {
  const visit = await reader.get(`${path}.atom`, headers)
  return { visit, feed: parseAtomFeed(visit.body), entries: parseAtomFeed(visit.body).entries ?? [] }
}

async function json(reader: Person, path: string, headers: Record<string, string> = {}) {
  const visit = await reader.get(`${path}.json`, headers)
  return { visit, feed: parseJsonFeed(visit.body), items: parseJsonFeed(visit.body).items ?? [] }
}

const titles = (entries: { title?: { value?: string } | undefined }[]) => entries.map(({ title }) => title?.value)

/** A thread in Nice and Big Data, with a reply in Arabic. */
async function contracts(forum: TestForum) {
  return await threadBy(forum, 'Zoé', {
    title: 'Marchés : qui a le "CCTP" ? <b>& co</b>',
    boards: ['nice', 'big-data'],
    body: 'Voir le **marché**, et @Zoé au #1 ; ]]> & <del>non</del>.\n\nNote[^1] et [site](https://exemple.org/).\n\n[^1]: ici',
  })
}

t.test('the threads of a place', async (t) => {
  const forum = await startForum(t)
  const reader = forum.passerBy()
  await forum.member('Zoé')
  const karim = await forum.member('Karim')
  const { id, thread } = await contracts(forum)
  await karim.post(`/threads/${thread.id}/replies`, { body: 'Une réponse, qui n’est pas un sujet.' })
  await threadBy(forum, 'Zoé', {
    title: 'Who has seen the cameras?',
    body: 'They have put up new cameras at the station.',
  })

  for (const path of ['/threads', '/cities/nice', '/technologies/big-data', '/cities/nice/big-data']) {
    t.test(`${path}: the same in both formats`, async (t) => {
      const { visit, feed, entries } = await atom(reader, path)
      t.equal(visit.status, 200)
      t.equal(visit.headers.get('content-type'), 'application/atom+xml; charset=utf-8')
      const { visit: other, feed: asJson, items } = await json(reader, path)
      t.equal(other.headers.get('content-type'), 'application/feed+json; charset=utf-8')
      t.equal(parseFeed(visit.body).format, 'atom')
      t.equal(parseFeed(other.body).format, 'json')
      t.match(other.body, '"version":"https://jsonfeed.org/version/1.1"')

      t.match(feed.id, /^tag:[0-9a-f]{20}\.forum\.invalid,\d{4}-\d\d-\d\d:feeds\//)
      t.equal(feed.title?.value, asJson.title)
      t.equal(
        feed.updated,
        entries
          .map(({ updated }) => updated)
          .sort()
          .at(-1),
      )
      t.equal(feed.xml?.lang, 'fr')
      t.equal(asJson.language, 'fr')
      t.same(
        feed.links?.map(({ rel, type, href }) => [rel, type, href]),
        [
          ['self', 'application/atom+xml', `${forum.origin}${path}.atom`],
          ['alternate', 'text/html', `${forum.origin}${path}`],
          ['alternate', 'application/feed+json', `${forum.origin}${path}.json`],
        ],
      )
      t.equal(asJson.feed_url, `${forum.origin}${path}.json`)
      t.equal(asJson.home_page_url, `${forum.origin}${path}`)

      t.equal(entries.length, path === '/threads' ? 2 : 1)
      t.same(
        entries.map((one) => [one.id, one.title?.value, one.links?.[0]?.href, one.content?.value, one.xml?.lang]),
        items.map((one) => [one.id, one.title, one.url, one.content_html, one.language]),
      )
      t.same(
        entries.map(({ published }) => published),
        items.map((one) => one.date_published),
      )
    })
  }

  t.test('an entry is a thread with its whole opening post', async (t) => {
    const { entries } = await atom(reader, '/threads')
    t.match(titles(entries), ['Who has seen the cameras?', /^Marchés\u202f: .*<b>& co<\/b>$/], 'the newest first')
    t.same(
      entries.map(({ xml }) => xml?.lang),
      ['en', 'fr'],
    )
    const [, entry] = entries
    const address = `${forum.origin}/threads/${thread.id}/${thread.slug}`
    t.match(entry?.id, new RegExp(`:threads/${thread.id}$`))
    t.equal(entry?.links?.[0]?.href, address)
    t.same(entry?.authors?.[0], { name: 'Zoé', uri: `${forum.origin}/members/Zo%C3%A9` })
    t.same(
      entry?.categories?.map(({ term }) => term),
      ['nice', 'big-data'],
    )
    const said = parsed(entry?.content?.value ?? '')
    t.match(said.body.textContent, /Voir le marché, et @Zoé au #1\u202f; \]\]> & non\./)
    t.equal(said.querySelector('div')?.lang, 'fr')
    t.same(
      [...said.querySelectorAll('a')].map((link) => link.getAttribute('href')?.replace(/note-[0-9a-f]{8}/, 'note')),
      [`${forum.origin}/members/Zo%C3%A9`, `${address}#note-1`, 'https://exemple.org/', `${address}#note-ref-1`],
    )
  })

  t.test('holds at least thirty, of each thread whatever else is said', async (t) => {
    for (let number = 1; number <= 35; number += 1) {
      await threadBy(forum, 'Zoé', { title: `Sujet ${number}`, boards: ['lyon', 'drones'] })
    }
    for (const path of ['/threads', '/cities/lyon', '/cities/lyon/drones']) {
      const { entries } = await atom(reader, path)
      t.ok(entries.length >= 30, path)
      t.same(titles(entries).slice(0, 3), ['Sujet 35', 'Sujet 34', 'Sujet 33'])
    }
  })

  t.test('a place without a thread, and one that there is not', async (t) => {
    const { visit, feed, entries } = await atom(reader, '/cities/paris')
    t.equal(visit.status, 200)
    t.ok(feed.updated)
    t.same(entries, [])
    t.match((await reader.get('/cities/paris.json')).body, '"items":[]')
    for (const path of [
      '/cities/nowhere',
      '/cities/big-data',
      '/technologies/nice',
      '/cities/nice/nice',
      '/cities/nice.json',
    ]) {
      t.equal((await reader.get(`${path}.atom`)).status, 404, path)
    }
  })

  t.test('follows what happens at once', async (t) => {
    const zoe = { id: await idOf(forum, 'Zoé'), role: 'member', language: 'fr' } as const
    const now = async () => titles((await atom(reader, '/cities/nice')).entries).map((title) => title?.slice(0, 8))
    t.same(await now(), ['Marchés\u202f'])
    await threadBy(forum, 'Zoé', { title: 'Un autre', boards: ['nice'] })
    t.same(await now(), ['Un autre', 'Marchés\u202f'])
    await removeThread(forum, thread.id, { by: zoe.id, reason: null })
    t.same(await now(), ['Un autre'])
    t.equal((await reader.get(`/threads/${thread.id}.atom`)).status, 404)
    await restoreThread(forum, thread.id, { by: zoe.id, reason: null })
    t.same(await now(), ['Un autre', 'Marchés\u202f'])
    const admin = await forum.member('Inès', 'admin')
    await admin.post(`/threads/${thread.id}/move`, { boards: ['lyon', 'big-data'] })
    t.same(await now(), ['Un autre'], 'where it stands no more')
    t.match((await atom(reader, '/cities/lyon/big-data')).visit.body, `threads/${thread.id}</id>`)
    await admin.post(`/threads/${thread.id}/move`, { boards: ['nice'] })
    t.same(await now(), ['Un autre', 'Marchés\u202f'])
    await deletePost(forum, id, zoe, null)
    t.same(await now(), ['Un autre'], 'a thread whose opening was deleted has none to show')
  })
})

t.test('the posts of a thread and of a member', async (t) => {
  const forum = await startForum(t)
  const reader = forum.passerBy()
  await forum.member('Zoé')
  const karim = await forum.member('Karim_2.0')
  const { thread } = await contracts(forum)
  const arabic = 'لم ترد البلدية على طلبنا بخصوص كاميرات المراقبة في الشوارع.'
  await karim.post(`/threads/${thread.id}/replies`, { body: arabic })
  const address = `${forum.origin}/threads/${thread.id}/${thread.slug}`

  t.test('of a thread: the newest first, with its place', async (t) => {
    const { feed, entries } = await atom(reader, `/threads/${thread.id}`)
    t.equal(feed.links?.[1]?.href, address)
    t.match(titles(entries), [/^Marchés.*, message 2$/, /^Marchés.*<\/b>$/])
    t.same(
      entries.map(({ links }) => links?.[0]?.href),
      [`${address}#post-2`, `${address}#post-1`],
    )
    t.same(
      entries.map(({ xml }) => xml?.lang),
      ['ar', 'fr'],
    )
    const { items } = await json(reader, `/threads/${thread.id}`)
    t.same(
      items.map((one) => one.id),
      entries.map((one) => one.id),
    )
    t.match(items[0]?.content_html, `<div lang="ar" dir="rtl"><p>${arabic}</p>`)
    for (const { id } of entries) t.match(id, /:posts\/\d+$/)
  })

  t.test('of a member, by any spelling of their name', async (t) => {
    const { entries } = await atom(reader, '/members/Karim_2.0')
    t.equal(entries.length, 1)
    t.equal(entries[0]?.id, (await atom(reader, `/threads/${thread.id}`)).entries[0]?.id, 'the same post, the same id')
    const other = await reader.get('/members/karim-2.0.json')
    t.equal(other.status, 301)
    t.equal(other.location, '/members/Karim_2.0.json')
    t.equal((await reader.get('/members/nobody.atom')).status, 404)
    const form = await reader.get('/register')
    const sent = await reader.submit(form, 'form.sheet', { username: 'zoe.atom', password: 'quatre mots de plus' })
    t.equal(sent.status, 422, 'nobody’s profile has the address of a feed')
  })

  t.test('what was deleted or edited', async (t) => {
    const sent = await karim.post(`/threads/${thread.id}/replies`, { body: 'À ne pas lire' })
    const number = /#post-(\d+)$/.exec(sent.location ?? '')?.[1] ?? ''
    t.match((await atom(reader, `/threads/${thread.id}`)).visit.body, 'À ne pas lire')
    const page = await karim.follow(`/threads/${thread.id}`)
    const post = page.document.querySelector(`#post-${number}`)?.getAttribute('data-id') ?? ''
    await karim.post(`/posts/${post}/edit`, { body: 'Pas à lire non plus' })
    const edited = (await atom(reader, '/members/Karim_2.0')).entries[0]
    t.match(edited?.content?.value, 'Pas à lire non plus')
    t.ok(String(edited?.updated) > String(edited?.published))
    await karim.post(`/posts/${post}/delete`)
    for (const path of [`/threads/${thread.id}`, '/members/Karim_2.0']) {
      t.notMatch((await atom(reader, path)).visit.body, /[Pp]as (à )?lire/)
    }
  })

  t.test('what moderators hide and show again', async (t) => {
    const moderator = await forum.member('Léa', 'moderator')
    const sent = await karim.post(`/threads/${thread.id}/replies`, { body: 'Une adresse privée' })
    const page = await karim.get(sent.location ?? '')
    const post = [...page.document.querySelectorAll('.post')].at(-1)?.getAttribute('data-id')
    const places = [`/threads/${thread.id}`, '/members/Karim_2.0']
    const said = async () =>
      (await Promise.all(places.map((path) => reader.get(`${path}.json`)))).map(({ body }) => body.includes('privée'))
    t.same(await said(), [true, true])
    t.equal((await moderator.post(`/posts/${post}/hide`, { reason: 'Vie privée' })).status, 303)
    t.same(await said(), [false, false])
    t.equal((await moderator.post(`/posts/${post}/show`)).status, 303)
    t.same(await said(), [true, true])
  })

  t.test('posts that are too long together are there with their beginning', async (t) => {
    const long = 'Un mot de plus. '.repeat(7_000)
    for (let times = 0; times < 6; times += 1)
      await karim.post(`/threads/${thread.id}/replies`, { body: `${long}${times}` })
    const { visit, entries } = await atom(reader, `/threads/${thread.id}`)
    t.ok(visit.body.length < 700_000)
    const folded = entries.filter(({ content }) => content?.value?.includes('Lire la suite'))
    t.equal(folded.length, 1)
    t.match(folded[0]?.content?.value, new RegExp(`href="${forum.origin}/threads/${thread.id}/posts/\\d+/whole"`))
  })
})

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
