import { once } from 'node:events'
import { request } from 'node:http'
import { connect } from 'node:net'
import type { Duplex } from 'node:stream'
import { text } from 'node:stream/consumers'
import t from 'tap'
import { WebSocket } from 'ws'
import { startForum } from '../../support/forum.ts'
import { routesOf } from '../../support/routes.ts'
import { threadBy } from '../../support/threads.ts'

/** Pages of figures, which go on while one asks twice. */
const COUNTING = ['/metrics', '/admin/status']
const FRAMED = /frame-ancestors 'none'/

t.test('every answer', async (t) => {
  const forum = await startForum(t)
  const zoe = await forum.member('Zoé', 'admin')
  const { thread } = await threadBy(forum, 'Zoé', { boards: ['nice', 'big-data'], replies: 3 })
  const { port } = new URL(forum.origin)

  async function ask(method: string, path: string, cookie: string, more: Record<string, string> = {}) {
    const headers = { cookie, accept: 'text/html', 'accept-encoding': 'gzip', 'accept-language': 'fr', ...more }
    const { promise, resolve, reject } = Promise.withResolvers<{
      status: number
      headers: Record<string, unknown>
      body: string
    }>()
    request(forum.origin + path, { method, headers })
      .on('error', reject)
      .on('response', async (answer) => {
        const { date: _date, ...rest } = answer.headers
        resolve({ status: answer.statusCode ?? 0, headers: rest, body: await text(answer) })
      })
      .end()
    return promise
  }

  t.test('to HEAD is the one to GET without its body, and no redirect is kept', async (t) => {
    const read = `/threads/${thread.id}/${thread.slug}`
    const inPlace: Record<string, string> = { id: String(thread.id), number: '2', username: 'Zo%C3%A9' }
    const named = (url: string) =>
      url
        .replace('/threads/:id/:slug', read)
        .replace('/technologies/:slug', '/technologies/big-data')
        .replace(':slug', 'nice')
        .replace(':technology', 'big-data')
        .replace(/:(\w+)/g, (_, name) => inPlace[name] ?? 'unknown')
    const routes = await routesOf(t, forum)
    const pages = routes.filter(({ method }) => method === 'GET').map(({ url }) => named(url))
    t.ok(pages.length > 30)
    for (const path of [
      ...pages,
      ...[
        '/cities/nice?sort=new',
        `${read}?page=9`,
        `/threads/${thread.id}/falsch`,
        '/members/zoe',
        '/nowhere',
        '/cit%',
      ],
      ...['/threads?show=unread', '/threads?before=x', '/cities/', '/live?thread=1&after=0', '/assets/forum.css'],
    ]) {
      for (const cookie of ['', zoe.cookieHeader]) {
        // As it is, because a kept page is compressed better when somebody has asked for it.
        const plain = { 'accept-encoding': 'identity' }
        const got = await ask('GET', path, cookie, plain)
        const head = await ask('HEAD', path, cookie, plain)
        t.equal(head.status, got.status, path)
        t.equal(head.body, '')
        // How a body is framed says nothing where there is none (RFC 9112, 6.1).
        const { 'set-cookie': _one, 'transfer-encoding': _framing, ...headers } = got.headers
        const { 'set-cookie': _other, ...headersOfHead } = head.headers
        if (COUNTING.includes(path)) headersOfHead['content-length'] = headers['content-length']
        t.same(headersOfHead, headers, path)
        if (got.status >= 300 && got.status < 400) t.match(headers['cache-control'], /no-cache|no-store/, path)
      }
    }
  })

  t.test('can be framed by nobody, and is kept by nobody who is not told to', async (t) => {
    const json = { accept: 'application/json' }
    for (const [path, more] of [
      ['/', {}],
      ['/nowhere', {}],
      ['/nowhere', json],
      [`/threads/${thread.id}/posts/authors`, json],
      ['/healthz', {}],
      ['/settings/security', {}],
      ['/settings/email/preview', {}],
    ] as const) {
      const { headers } = await ask('GET', path, zoe.cookieHeader, more)
      t.match(headers['content-security-policy'], FRAMED, path.slice(0, 40))
      t.equal(headers['x-frame-options'], 'DENY')
      t.match(headers['cache-control'], /no-store/)
    }
  })

  t.test('is a page, however little could be read of the question', async (t) => {
    for (const [said, status] of [
      ['BREW / HTTP/1.1\r\n\r\n', '400'],
      ['GET / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n', '400'],
      ['\x16\x03\x01\x00\x00\r\n\r\n', '400'],
      [`GET / HTTP/1.1\r\nHost: a\r\nCookie: ${'x'.repeat(20_000)}\r\n\r\n`, '431'],
      [`GET /${'x'.repeat(9_000)} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`, '400'],
    ] as const) {
      const socket = connect(Number(port), '127.0.0.1')
      socket.write(said, 'latin1')
      const answer = await text(socket)
      t.equal(answer.split(' ')[1], status, said.slice(0, 30))
      t.match(answer, FRAMED)
      t.match(answer, /content-type: text\/html/i)
      t.match(answer, '<h1>')
      t.notMatch(answer, '"statusCode"')
    }
  })

  t.test('to a frame that is none is the end of it, and no fault of ours', async (t) => {
    const live = new WebSocket(`ws://127.0.0.1:${port}/live?thread=${thread.id}&after=0`, { origin: forum.origin })
    let stream: Duplex | undefined
    live.on('upgrade', ({ socket }) => {
      stream = socket
    })
    live.on('error', () => {})
    await once(live, 'open')
    stream?.write(Buffer.from([0xff, 0xff, 0x00]))
    await once(live, 'close')
    t.notMatch(forum.logged.join('\n'), '"level":50')
  })

  t.test('to a form of another site is a refusal, whatever the browser leaves out', async (t) => {
    const agent = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:60.0) Gecko/20100101 Firefox/60.0' }
    const host = `127.0.0.1:${port}`
    for (const [headers, status] of [
      [{ origin: forum.origin }, 422],
      [{ origin: `https://${host}` }, 403],
      [{ origin: `http://127.0.0.1` }, 403],
      [{ origin: 'null' }, 403],
      [{ origin: '' }, 403],
      [{ origin: 'x', 'x-forwarded-host': '%' }, 403],
      [{ 'sec-fetch-site': 'cross-site', origin: forum.origin }, 403],
      [{ origin: 'https://forum.example', 'x-forwarded-host': 'forum.example', 'x-forwarded-proto': 'https' }, 422],
      [{ origin: 'http://forum.example', 'x-forwarded-host': 'forum.example', 'x-forwarded-proto': 'https' }, 403],
      [{ ...agent, referer: `${forum.origin}/login` }, 422],
      [{ ...agent, referer: 'https://evil.example/' }, 403],
      [{ ...agent }, 403],
      [{ 'user-agent': 'curl/8' }, 422],
      [{}, 422],
    ] as const) {
      const { status: got } = await ask('POST', '/login', '', headers)
      t.equal(got, status, JSON.stringify(headers))
    }
  })
})
