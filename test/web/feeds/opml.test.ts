import { parseOpml } from 'feedsmith'
import t from 'tap'
import { startForum } from '../../support/forum.ts'
import { threadBy } from '../../support/threads.ts'

t.test('a member takes their subscriptions along', async (t) => {
  const forum = await startForum(t)
  const zoe = await forum.member('Zoé')
  await forum.member('Karim')
  const followed = await threadBy(forum, 'Karim', { title: 'Suivi & <lu>' })
  const muted = await threadBy(forum, 'Karim', { title: 'Ignoré' })
  const removed = await threadBy(forum, 'Karim', { title: 'Retiré' })
  await zoe.post('/boards/nice/subscription', { level: 'watching' })
  await zoe.post('/boards/lyon/subscription', { level: 'muted' })
  await zoe.post('/cities/paris/drones/subscription', { level: 'following' })
  await zoe.post(`/threads/${followed.thread.id}/subscription`, { level: 'following' })
  await zoe.post(`/threads/${muted.thread.id}/subscription`, { level: 'muted' })
  await zoe.post(`/threads/${removed.thread.id}/subscription`, { level: 'watching' })
  await zoe.post('/search/subscription', { q: 'caméras & drones city:nice', level: 'following' })
  await (await forum.member('Léa', 'moderator')).post(`/threads/${removed.thread.id}/remove`)

  const visit = await zoe.get('/subscriptions.opml')
  t.equal(visit.status, 200)
  t.equal(visit.headers.get('content-type'), 'text/x-opml; charset=utf-8')
  t.match(visit.headers.get('content-disposition'), 'subscriptions.opml')
  t.equal(visit.headers.get('cache-control'), 'private, no-store')
  const outlines = parseOpml(visit.body).body?.outlines ?? []
  t.same(
    outlines.map(({ text, xmlUrl }) => [text, xmlUrl]),
    [
      ['Nice', `${forum.origin}/cities/nice.atom`],
      ['Paris × Drones', `${forum.origin}/cities/paris/drones.atom`],
      ['Suivi & <lu>', `${forum.origin}/threads/${followed.thread.id}.atom`],
      [
        'Recherche\u202f: caméras & drones city:nice',
        `${forum.origin}/search.atom?q=cam%C3%A9ras+%26+drones+city%3Anice`,
      ],
    ],
  )
  for (const { xmlUrl } of outlines) t.equal((await forum.passerBy().get(xmlUrl ?? '')).status, 200)
  const onion = await zoe.get('/subscriptions.opml', { 'x-forwarded-host': 'abcdefghijklmnop.onion' })
  t.ok(onion.body.includes('xmlUrl="http://abcdefghijklmnop.onion/cities/nice.atom"'))
  t.notOk(onion.body.includes(new URL(forum.origin).host))
  t.equal(
    (await zoe.get('/subscriptions')).document.querySelector('a[download]')?.getAttribute('href'),
    '/subscriptions.opml',
  )
  const nothing = await (await forum.member('Max')).get('/subscriptions.opml')
  t.same(
    parseOpml(nothing.body).body?.outlines?.map(({ xmlUrl }) => xmlUrl),
    [`${forum.origin}/threads.atom`],
    'who follows nothing takes all along',
  )
  t.match((await forum.passerBy().get('/subscriptions.opml')).location, /^\/login/)

  const newcomer = await (await forum.member('Nouvelle')).get('/subscriptions.opml')
  t.equal(newcomer.status, 200, 'who follows nothing yet has a list too')
  t.match(parseOpml(newcomer.body).body?.outlines?.[0]?.xmlUrl, /\/threads\.atom$/)
})
