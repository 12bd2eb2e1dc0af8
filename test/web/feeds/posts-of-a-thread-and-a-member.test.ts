import t from 'tap'
import { atom, contracts, json, titles } from '../../support/feeds.ts'
import { startForum } from '../../support/forum.ts'

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
