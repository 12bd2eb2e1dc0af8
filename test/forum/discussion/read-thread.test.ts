import t from 'tap'
import { startForum } from '../../support/forum.ts'
import { threadBy } from '../../support/threads.ts'

t.test('reading a thread', async (t) => {
  const forum = await startForum(t)
  const reader = forum.passerBy()
  const zoe = await forum.member('Zoé')
  const { thread } = await threadBy(forum, 'Zoé', { title: 'Quarante-cinq messages', replies: 44 })
  const path = `/threads/${thread.id}/${thread.slug}`

  t.test('shows twenty posts a page, by their numbers', async (t) => {
    const numbers = async (page: number) =>
      (await reader.get(`${path}?page=${page}`)).texts('.post .number').map(Number)
    const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index)
    t.same(await numbers(1), range(1, 20))
    t.same(await numbers(2), range(21, 40))
    t.same(await numbers(3), range(41, 45))
  })

  t.test('says where the reader is, and leads to both ends', async (t) => {
    const page = await reader.get(`${path}?page=2`)
    t.match(page.text('.place'), 'Messages 21 à 40 sur 45')
    const links = [...page.document.querySelectorAll('.head .about a')].map((link) => link.getAttribute('href'))
    t.same(links, [path, `${path}?page=3#post-45`])
    t.equal(page.text('.pages [aria-current]'), '2')
  })

  t.test('an old or wrong title in the address leads to the right one', async (t) => {
    for (const wrong of [`/threads/${thread.id}`, `/threads/${thread.id}/un-ancien-titre`]) {
      const visit = await reader.get(`${wrong}?page=2`)
      t.equal(visit.status, 301)
      t.equal(visit.location, `${path}?page=2`)
    }
  })

  t.test('a link to a post leads to its page and place', async (t) => {
    for (const [number, place] of [
      [1, `${path}#post-1`],
      [20, `${path}#post-20`],
      [21, `${path}?page=2#post-21`],
      [45, `${path}?page=3#post-45`],
    ] as const) {
      t.equal((await reader.get(`/threads/${thread.id}/posts/${number}`)).location, place)
    }
  })

  t.test('what is not there is not found', async (t) => {
    for (const missing of [
      '/threads/999',
      '/threads/999/rien',
      '/threads/0',
      '/threads/abc',
      '/threads/1e3',
      `/threads/${'9'.repeat(30)}`,
      `${path}?page=4`,
      `/threads/${thread.id}/posts/46`,
      `/threads/${thread.id}/posts/4294967296`,
      '/threads/999/posts/1',
    ]) {
      t.equal((await reader.get(missing)).status, 404, missing)
    }
    t.equal((await reader.get(`${path}?page=0`)).status, 400)
    t.equal((await reader.get(`${path}?page=deux`)).status, 400)
  })

  t.test('a reader without an account is shown how to answer, and no button that would be refused', async (t) => {
    const page = await reader.get(path)
    t.equal(page.texts('.actions').length, 0)
    t.match(page.text('#reply'), /un pseudonyme et un mot de passe suffisent/)
    t.equal(
      page.document.querySelector('#reply .main')?.getAttribute('href'),
      `/login?next=${encodeURIComponent(`${path}#reply`)}`,
    )
  })

  t.test('members who read the same page each have their own', async (t) => {
    const karim = await forum.member('Karim')
    const moderator = await forum.member('Inès', 'moderator')
    // What was there before they joined would count as read.
    await forum.database.execute(`update members set created_at = created_at - interval '1 day'`)
    // Else the page would count as read, and the next one would say so.
    for (const person of [zoe, karim, moderator]) person.setCookie('script', 'on')
    await karim.post(`/threads/${thread.id}/read`, { number: '7' })
    await zoe.post(`/threads/${thread.id}/read`, { number: '45' })
    const seen = async (person: typeof zoe) => {
      const page = await person.get(path)
      t.equal(page.headers.get('cache-control'), 'private, no-store')
      const plain = await person.get(path, { 'accept-encoding': 'identity' })
      const withoutRequest = ({ body }: typeof page) => body.replace(/name="request_id" value="[^"]+"/, '')
      t.equal(plain.headers.get('content-encoding'), null)
      t.equal(withoutRequest(plain), withoutRequest(page), 'the same page as it is')
      t.not(
        plain.fields('#reply').request_id?.[0],
        page.fields('#reply').request_id?.[0],
        'a form of its own each time',
      )
      const unread = [...page.document.querySelectorAll('.head .about a')].map((link) => link.getAttribute('href'))
      return {
        name: page.text('.account bdi'),
        reader: page.document.querySelector('.posts')?.getAttribute('data-member'),
        unread: unread.find((href) => href?.includes('#post-8')) ?? null,
        mayEdit: page.document.querySelectorAll('.post a[href$="/edit"]').length,
        mayDelete: page.document.querySelectorAll('.post form[action$="/delete"]').length,
      }
    }
    for (let time = 0; time < 2; time += 1) {
      t.same(await seen(zoe), { name: 'Zoé', reader: 'Zoé', unread: null, mayEdit: 20, mayDelete: 20 })
      t.same(await seen(karim), { name: 'Karim', reader: 'Karim', unread: `${path}#post-8`, mayEdit: 0, mayDelete: 0 })
      t.match(await seen(moderator), { name: 'Inès', unread: null, mayEdit: 0, mayDelete: 20 })
    }
    const english = await forum.member('Nadia')
    await english.post('/settings', { language: 'en', theme: 'dark' })
    const page = await english.get(path)
    t.equal(page.document.documentElement.getAttribute('lang'), 'en')
    t.equal(page.document.documentElement.getAttribute('data-theme'), 'dark')
    t.equal(page.text('.account bdi'), 'Nadia')
  })

  t.test('the page says what it is to programs that preview links', async (t) => {
    const page = await reader.get(path)
    t.equal(page.document.querySelector('meta[name=description]')?.getAttribute('content'), 'Voici le relevé.')
    t.equal(page.document.querySelector('link[rel=canonical]')?.getAttribute('href'), path)
  })

  t.test('a title in another script has an address that can be read', async (t) => {
    const arabic = await threadBy(forum, 'Zoé', { title: 'كاميرات جديدة' })
    const visit = await reader.follow(`/threads/${arabic.thread.id}`)
    t.equal(visit.status, 200)
    t.equal(visit.text('h1'), 'كاميرات جديدة')
    const signs = await threadBy(forum, 'Zoé', { title: '?!?!' })
    t.equal((await reader.get(`/threads/${signs.thread.id}`)).location, `/threads/${signs.thread.id}/sujet`)
  })
})
