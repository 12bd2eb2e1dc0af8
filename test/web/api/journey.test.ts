import createClient from 'openapi-fetch'
import t from 'tap'
import { startForum } from '../../support/forum.ts'
import { tokenOf } from '../../support/program.ts'
import type { paths } from './document.d.ts'

/** A client whose types are made from the description: what it can call, and what it is answered, is checked by the compiler. */
const clientOf = (baseUrl: string, token?: string) =>
  createClient<paths>({ baseUrl, ...(token ? { headers: { authorization: `Bearer ${token}` } } : {}) })

t.test('a generated client goes the way that people go on the pages', async (t) => {
  const forum = await startForum(t)
  const zoe = clientOf(forum.origin, await tokenOf(await forum.member('Zoé'), 'read', 'write'))
  const max = clientOf(forum.origin, await tokenOf(await forum.member('Max'), 'read', 'write'))
  const anybody = clientOf(forum.origin)

  const cities = await anybody.GET('/api/v1/cities')
  t.ok(cities.data?.items.some(({ slug }) => slug === 'nice'))

  await max.POST('/api/v1/boards/{slug}/subscription', {
    params: { path: { slug: 'nice' } },
    body: { level: 'watching' },
  })

  const started = await zoe.POST('/api/v1/threads', {
    body: { title: 'Drones au-dessus de la plage', body: 'Vus *hier* à Nice.', boards: ['nice', 'big-data'] },
  })
  t.equal(started.response.status, 201)
  const thread = started.data
  if (!thread) throw new Error('No thread was started')
  const path = { id: thread.id }
  t.match(await pageOf(thread.url), /Vus <em>hier<\/em> à Nice/)

  const notified = await max.GET('/api/v1/notifications')
  t.match(notified.data?.items, [{ kind: 'thread', thread: thread.id, boards: ['nice'] }])
  const unread = await max.GET('/api/v1/threads', { params: { query: { show: 'unread' } } })
  t.match(unread.data?.items, [{ id: thread.id, unread: 1 }])

  const looked = await max.POST('/api/v1/preview', { body: { body: 'Par **qui** ?' } })
  const reply = await max.POST('/api/v1/threads/{id}/replies', {
    params: { path },
    body: { body: 'Par **qui** ?', reply_to: 1 },
  })
  t.equal(reply.response.status, 201)
  t.match(reply.data, { number: 2, reply_to: 1, author: 'Max', html: looked.data?.html })
  const id = reply.data?.id ?? 0
  t.equal(reply.response.headers.get('location'), `/api/v1/posts/${id}`)

  const edited = await max.PATCH('/api/v1/posts/{id}', {
    params: { path: { id }, header: { 'if-match': reply.response.headers.get('etag') ?? '' } },
    body: { body: 'Par **qui**, et pourquoi ?' },
  })
  t.match(edited.data, { version: 1, body: 'Par **qui**, et pourquoi ?' })
  const versions = await anybody.GET('/api/v1/posts/{id}/history', { params: { path: { id } } })
  t.match(versions.data?.items, [{ version: 1 }, { version: 0 }])

  const read = await anybody.GET('/api/v1/threads/{id}/posts', { params: { path } })
  t.match(read.data?.items, [
    { number: 1, body: 'Vus *hier* à Nice.', may: null },
    { number: 2, version: 1 },
  ])

  t.equal((await max.DELETE('/api/v1/posts/{id}', { params: { path: { id } } })).response.status, 204)
  const gone = await anybody.GET('/api/v1/posts/{id}', { params: { path: { id } } })
  t.match(gone.data, { number: 2, author: null, body: null, html: null })
  const back = await max.POST('/api/v1/posts/{id}/restore', { params: { path: { id } } })
  t.match(back.data, { body: 'Par **qui**, et pourquoi ?', deleted_at: null })

  t.equal((await max.POST('/api/v1/notifications/read', { body: {} })).response.status, 204)
  t.equal((await max.GET('/api/v1/settings')).data?.unread, 0)
  const changed = await max.PATCH('/api/v1/settings', { body: { language: 'en', biography: 'Riverain.' } })
  t.match(changed.data, { language: 'en', biography: 'Riverain.' })
  const profile = await anybody.GET('/api/v1/members/{username}', { params: { path: { username: 'max' } } })
  t.match(profile.data, { username: 'Max', biography: 'Riverain.', items: [{ thread: thread.id, number: 2 }] })

  await max.POST('/api/v1/threads/{id}/subscription', { params: { path }, body: { level: 'muted' } })
  await max.POST('/api/v1/search/subscription', { body: { q: 'vidéo city:nice', level: 'following' } })
  const followed = await max.GET('/api/v1/subscriptions')
  t.same(followed.data?.searches, ['vidéo city:nice'])
  t.match(followed.data?.items, [
    { to: 'board', boards: ['nice'], level: 'watching' },
    { to: 'thread', thread: thread.id, level: 'muted' },
  ])

  const refused = await anybody.POST('/api/v1/threads/{id}/replies', { params: { path }, body: { body: 'Non' } })
  t.match(refused.error, { status: 401, type: 'about:blank' })

  async function pageOf(url: string): Promise<string> {
    return (await forum.passerBy().get(url)).body
  }
})
