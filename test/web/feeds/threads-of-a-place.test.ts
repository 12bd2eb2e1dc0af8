import { parseFeed } from 'feedsmith'
import t from 'tap'
import { deletePost } from '../../../src/forum/discussion/delete-post.ts'
import { removeThread, restoreThread } from '../../../src/forum/discussion/remove-thread.ts'
import { atom, contracts, json, titles } from '../../support/feeds.ts'
import { startForum } from '../../support/forum.ts'
import { parsed } from '../../support/parsed.ts'
import { idOf, threadBy } from '../../support/threads.ts'

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
