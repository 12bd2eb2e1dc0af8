import t from 'tap'
import { boardsEvent } from '../../../src/forum/events.ts'
import { fetchRaw } from '../../support/fetch-raw.ts'
import { startForum } from '../../support/forum.ts'
import { threadBy } from '../../support/threads.ts'

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
