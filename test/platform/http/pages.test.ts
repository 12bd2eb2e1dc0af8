import t from 'tap'
import { startForum } from '../../support/forum.ts'
import { threadBy } from '../../support/threads.ts'

t.test('every page', async (t) => {
  const forum = await startForum(t)
  const zoe = await forum.member('Zoé')
  const { thread, id } = await threadBy(forum, 'Zoé', { boards: ['marseille', 'big-data'], replies: 24 })
  const reader = forum.passerBy()
  const read = `/threads/${thread.id}/${thread.slug}`
  const everybody = [
    ...['/', '/cities', '/technologies', '/cities/marseille', '/technologies/big-data', '/cities/marseille/big-data'],
    ...[
      '/cities/nice',
      read,
      `${read}?page=2`,
      `/posts/${id}/history`,
      '/login',
      '/register',
      '/settings',
      '/members/Zo%C3%A9',
    ],
  ]
  const members = ['/threads/new', `/posts/${id}/edit`, '/settings/security', `${read}?quote=2`]
  const visits = await Promise.all([
    ...everybody.map((path) => reader.get(path)),
    ...[...everybody, ...members].map((path) => zoe.get(path)),
    reader.get('/nowhere'),
    reader.post('/threads', { body: 'x' }),
    reader.post('/register', {}),
  ])

  t.test('forbids by its policy whatever is not ours, and has nothing inline', async (t) => {
    for (const visit of visits) {
      if (visit.status === 303) continue
      const policy = visit.headers.get('content-security-policy') ?? ''
      t.match(policy, "default-src 'none'")
      t.match(policy, "frame-ancestors 'none'")
      t.notMatch(policy, 'unsafe')
      t.equal(visit.headers.get('x-content-type-options'), 'nosniff')
      t.equal(visit.headers.get('referrer-policy'), 'same-origin')
      const { document } = visit
      t.same(
        [...document.querySelectorAll('style, script:not([src], [type="application/ld+json"]), [style]')].length,
        0,
      )
      const attributes = [...document.querySelectorAll('*')].flatMap((element) => element.getAttributeNames())
      t.notOk(attributes.some((name) => name.startsWith('on')))
    }
  })

  t.test('asks no other site for anything', async (t) => {
    for (const visit of visits) {
      const addresses = [...visit.document.querySelectorAll('[src], link[href]')].map(
        (element) => element.getAttribute('src') ?? element.getAttribute('href') ?? '',
      )
      t.ok(
        addresses.every((address) => address.startsWith('/') && !address.startsWith('//')),
        addresses.join(' '),
      )
    }
  })

  t.test('has one first heading, a title, a language and an id only once', async (t) => {
    for (const { document, status } of visits) {
      if (status === 303) continue
      t.equal(document.querySelectorAll('h1').length, 1, document.title)
      t.match(document.title, 'Contrechamp')
      t.equal(document.documentElement.lang, 'fr')
      const ids = [...document.querySelectorAll('[id]')].map((element) => element.id)
      t.equal(new Set(ids).size, ids.length, document.title)
    }
  })

  t.test('that a member sees is kept by nobody', async (t) => {
    for (const path of everybody) {
      t.equal((await zoe.get(path)).headers.get('cache-control') ?? 'private, no-store', 'private, no-store', path)
    }
    t.equal((await reader.get('/')).headers.get('cache-control'), 'no-cache')
    t.match((await reader.get('/')).headers.get('vary'), 'cookie')
  })

  t.test('is served with its style, script and icon under names that may be kept for ever', async (t) => {
    const { document } = await reader.get('/')
    for (const selector of ['link[rel=stylesheet]', 'script', 'link[rel=icon]']) {
      const element = document.querySelector(selector)
      const address = element?.getAttribute('href') ?? element?.getAttribute('src') ?? ''
      const asset = await reader.get(address)
      t.equal(asset.status, 200)
      t.match(asset.headers.get('cache-control'), 'immutable')
      const compressed = await fetch(forum.origin + address, { headers: { 'accept-encoding': 'gzip' } })
      t.equal(compressed.headers.get('content-encoding'), 'gzip')
      t.equal(await compressed.text(), asset.body)
    }
    t.equal((await reader.get('/assets/forum-unknown.css')).status, 404)
    t.equal((await reader.get('/assets/..%2f..%2fpackage.json')).status, 404)
  })

  t.test('and the forum says that it is alive and ready', async (t) => {
    t.equal((await reader.get('/healthz')).body, 'alive\n')
    t.equal((await reader.get('/readyz')).body, 'ready\n')
  })
})
