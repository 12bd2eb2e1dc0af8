import { once } from 'node:events'
import t from 'tap'
import { WebSocket } from 'ws'
import { fetchRaw } from '../support/fetch-raw.ts'
import { startForum } from '../support/forum.ts'
import { routesOf } from '../support/routes.ts'
import { threadBy } from '../support/threads.ts'

const EVIL = 'https://evil.example'

/** What forms and scripts of another site can send without asking (Fetch, «CORS-safelisted»), and what they cannot. */
const TYPES = [
  ...['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/plain', 'application/json', ''],
  ...['text/plain; application/json', 'application/x-www-form-urlencoded; charset=utf-7'],
]

/** Of each: what a browser says of where the form comes from. */
const SAYING = [
  { origin: EVIL },
  { origin: 'null' },
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site', origin: EVIL },
  { referer: `${EVIL}/page` },
  { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64)' },
]

t.test('what another site can make a member’s browser do', async (t) => {
  const forum = await startForum(t)
  const zoe = await forum.member('Zoé', 'admin')
  const { thread } = await threadBy(forum, 'Zoé')
  const routes = await routesOf(t, forum)

  t.test('is to send no form, of whatever content type', async (t) => {
    const changing = routes.filter(({ method }) => !['GET', 'HEAD'].includes(String(method)))
    t.ok(changing.length > 40)
    for (const [place, { method, url, config }] of changing.entries()) {
      // By a token, which no other site has, or by what only the owner of a mailbox has.
      if (config?.fromAnySite) continue
      const path = `${forum.origin}${url.replace(':slug', 'nice').replace(':technology', 'drones').replace(/:\w+/g, '1')}`
      for (const [index, type] of TYPES.entries()) {
        // Each route is sent every type and every saying; all pairs of them are sent to one route or another.
        const saying = SAYING[(place + index) % SAYING.length]
        const headers = { cookie: zoe.cookieHeader, ...saying, ...(type && { 'content-type': type }) }
        const { status } = await fetch(path, { method: String(method), headers, body: 'body=x', redirect: 'manual' })
        if (![400, 403, 404].includes(status)) t.fail(`${method} ${url}: ${status} ${type} ${JSON.stringify(saying)}`)
      }
    }
    t.match((await zoe.get('/')).text('.account'), 'Zoé', 'not even a logout')
    t.equal((await zoe.get(`/threads/${thread.id}/${thread.slug}`)).document.querySelectorAll('.post').length, 1)
  })

  t.test('is to ask nothing of the API in their name, and to read no answer', async (t) => {
    const sent = {
      method: 'POST',
      headers: { cookie: zoe.cookieHeader, origin: EVIL, 'content-type': 'application/json' },
    }
    t.equal((await fetch(`${forum.origin}/api/v1/threads/1/replies`, { ...sent, body: '{"body":"x"}' })).status, 401)
    for (const path of ['/', '/api/v1/threads', '/threads.json', '/settings']) {
      const { headers } = await fetchRaw(forum.origin, path, { cookie: zoe.cookieHeader, origin: EVIL })
      t.equal(headers['access-control-allow-origin'], undefined, path)
      t.equal(headers['cross-origin-resource-policy'], 'same-origin', path)
    }
  })

  t.test('is to open no live channel', async (t) => {
    const address = `${forum.origin.replace('http', 'ws')}/live?thread=${thread.id}&after=0`
    for (const origin of [
      EVIL,
      'null',
      `${forum.origin}.evil.example`,
      forum.origin.replace('127.0.0.1', 'evil.example'),
    ]) {
      const window = new WebSocket(address, { origin, headers: { cookie: zoe.cookieHeader } })
      window.on('error', () => {})
      const [, { statusCode }] = await once(window, 'unexpected-response')
      t.equal(statusCode, 403, origin)
      window.terminate()
    }
  })

  t.test('is to show no page in a frame, and to keep no window of ours', async (t) => {
    for (const { url } of routes.filter(({ method, config }) => method === 'GET' && !config?.forPrograms)) {
      const path = url.replace(':slug', 'nice').replace(':technology', 'drones').replace(/:\w+/g, '1')
      if (path === '/live') continue
      const { headers } = await fetchRaw(forum.origin, path, { cookie: zoe.cookieHeader })
      t.match(headers['content-security-policy'], "frame-ancestors 'none'", path)
      t.equal(headers['x-frame-options'], 'DENY', path)
      t.equal(headers['cross-origin-opener-policy'], 'same-origin', path)
      t.match(headers['permissions-policy'], 'camera=()', path)
      t.equal(headers['x-content-type-options'], 'nosniff', path)
    }
  })

  t.test('is to lead them nowhere else by a link to us', async (t) => {
    const ELSEWHERE = [
      ...[EVIL, '//evil.example', '///evil.example', '/\\evil.example', '\\\\evil.example', 'javascript:alert(1)'],
      ...[
        '/\t/evil.example',
        '/%09/evil.example',
        '/\u00a0/..//evil.example',
        '/x/..//evil.example',
        '//evil.example/%2f..',
      ],
      ...['https:evil.example', 'http:/evil.example', '@evil.example', '/.//evil.example', '/%5cevil.example'],
    ]
    const isOwn = (location: string | null) =>
      location === null || new URL(location, forum.origin).origin === forum.origin
    for (const next of ELSEWHERE) {
      const login = await forum
        .passerBy()
        .post('/login', { username: 'Zoé', password: 'quatre mots sans rapport', next })
      t.equal(login.status, 303)
      t.ok(isOwn(login.location), `login ${next}: ${login.location}`)
      for (const { status, location } of [
        await zoe.get(`/login?next=${encodeURIComponent(next)}`),
        await zoe.post('/settings', { language: 'fr', next }),
        await zoe.post('/boards/nice/subscription', { level: 'following', next }),
      ]) {
        t.ok(status < 500 && isOwn(location), `${next}: ${status} ${location}`)
      }
    }
    for (const path of [
      '//evil.example/',
      '//evil.example/..',
      '/cities//evil.example',
      '/threads/1//evil.example',
      '/%2f%2fevil.example',
    ]) {
      const { headers } = await fetchRaw(forum.origin, path)
      const location = headers.location === undefined ? null : String(headers.location)
      t.ok(isOwn(location), `${path}: ${location}`)
    }
  })
})

t.test('on a secure address, browsers are told to come by no other', async (t) => {
  const forum = await startForum(t, { ORIGIN: 'https://forum.example' })
  const { headers } = await fetchRaw(forum.origin, '/')
  t.match(headers['strict-transport-security'], /^max-age=\d{8}/)
})
