import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import fc from 'fast-check'
import t from 'tap'
import { anySign } from '../../support/any-sign.ts'
import { startForum } from '../../support/forum.ts'
import { Program, tokenOf } from '../../support/program.ts'
import { threadBy } from '../../support/threads.ts'

t.test('what programs send that nobody should', async (t) => {
  const forum = await startForum(t, { LOG_LEVEL: 'error' })
  const zoe = await forum.member('Zoé')
  const program = new Program(forum.origin, await tokenOf(zoe, 'read', 'write', 'moderate'))
  await threadBy(forum, 'Zoé')
  const replies = '/api/v1/threads/1/replies'

  t.test('is refused when it is no JSON', async (t) => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'application/xml']) {
      const answer = await program.ask('POST', replies, 'body=Bonjour', { 'content-type': type })
      t.equal(answer.status, 415, type)
      t.match(answer.headers.get('content-type'), 'application/problem+json')
    }
    for (const broken of ['{', '[', '"', '{"body":', 'null', '[]', '"text"', '1', '\ufeff{}']) {
      const { status } = await program.post(replies, broken)
      t.ok(status === 400 || status === 422, `${broken}: ${status}`)
    }
  })

  t.test('and before it is read, when it is too large or too deep', async (t) => {
    const large = await program.post(replies, { body: 'x'.repeat(2_000_000) })
    t.equal(large.status, 413)
    t.equal((await program.post('/api/v1/notifications/read', { id: [1], more: 'x'.repeat(40_000) })).status, 413)
    t.equal((await program.post(replies, `${'['.repeat(50)}${']'.repeat(50)}`)).status, 413)
    t.equal((await program.post(replies, JSON.stringify({ body: 'x', many: Array(600).fill(1) }))).status, 413)
  })

  t.test('cannot change what every object is', async (t) => {
    const sent = '{"body":"Bonjour","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}'
    t.equal((await program.post(replies, sent)).status, 400)
    t.equal(Reflect.get({}, 'polluted'), undefined)
    t.equal((await program.post(replies, { body: 'Bonjour', toString: 1, hasOwnProperty: 1 })).status, 201)
  })

  t.test('is stored without what cannot be stored', async (t) => {
    const answer = await program.post(replies, '{"body":"a\\u0000b\\ud800c"}')
    t.equal(answer.status, 201)
    t.equal(answer.json.body, 'ab\ufffdc')
    t.equal((await program.post(replies, { body: '\0' })).status, 422)
  })

  t.test('does not become another method', async (t) => {
    for (const headers of [{ 'x-http-method-override': 'DELETE' }, { 'x-method-override': 'DELETE' }]) {
      t.equal((await program.ask('POST', '/api/v1/posts/1', {}, headers)).status, 404)
    }
    for (const method of ['PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
      t.equal((await program.ask(method, '/api/v1/threads')).status, 404, method)
    }
    t.equal((await program.get('/api/v1/posts/1?_method=DELETE')).json.deleted_at, null)
  })

  t.test('takes no token from an address', async (t) => {
    const token = await tokenOf(zoe, 'read')
    t.equal((await new Program(forum.origin).get(`/api/v1/settings?access_token=${token}`)).status, 401)
  })

  t.test('whatever it is, it is no fault of ours', async (t) => {
    const authorization = `Bearer ${await tokenOf(zoe, 'read', 'write', 'moderate')}`
    const odd = fc.oneof(
      fc.constantFrom('0', '-1', '1e9', '9'.repeat(30), '%00', '%', '', 'null', '1', '2', 'nice', '[]'),
      fc.string({ unit: anySign, maxLength: 20 }).map((typed) => encodeURIComponent(typed.toWellFormed())),
    )
    const path = fc
      .tuple(
        fc.constantFrom(
          ...['threads/*', 'threads/*/posts', 'threads?limit=*', 'threads?before=*', 'threads/1/posts?after=*'],
          ...['posts/*', 'posts/*/history', 'posts/1/history?version=*', 'cities/*', 'cities/nice/*', 'members/*'],
          ...[
            'threads',
            'threads/*/replies',
            'threads/*/lock',
            'threads/*/move',
            'preview',
            'settings',
            'subscriptions',
          ],
          ...['boards/*/subscription', 'threads/*/subscription', 'notifications?before=*', 'notifications/read'],
        ),
        odd,
      )
      .map(([place, value]) => `/api/v1/${place.replace('*', () => value)}`)
    const body = fc.oneof(
      fc.json(),
      fc.constantFrom('{"body":"x","boards":["nice"],"title":"Un titre"}', '{"level":"x"}'),
    )
    const header = fc.constantFrom({}, { 'if-match': '"\'', 'idempotency-key': 'é'.repeat(99) }, { 'if-match': 'W/,*' })
    const property = fc.asyncProperty(
      fc.constantFrom('GET', 'POST', 'PATCH', 'DELETE', 'HEAD'),
      path,
      body,
      header,
      async (method, place, sent, more) => {
        const { status, type } = await ask(method, place, sent, { authorization, ...more })
        return status >= 200 && status < 500 && (status < 400 || method === 'HEAD' || /json|html/.test(type))
      },
    )
    await t.resolves(fc.assert(property, { seed: 1, numRuns: 300 }))
    t.same(forum.logged, [])
  })

  /** Sends a request to the letter, as `fetch` would not. */
  async function ask(method: string, path: string, sent: string, more: Record<string, string>) {
    const hasBody = method !== 'GET' && method !== 'HEAD'
    const own = hasBody ? { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(sent)) } : {}
    const latin = Object.fromEntries(Object.entries(more).map(([name, value]) => [name, value]))
    const { promise, resolve, reject } = Promise.withResolvers<{ status: number; type: string }>()
    request(forum.origin, { method, path, headers: { ...own, ...latin } })
      .on('error', reject)
      .on('response', async (answer) => {
        await text(answer)
        resolve({ status: answer.statusCode ?? 0, type: answer.headers['content-type'] ?? '' })
      })
      .end(hasBody ? sent : undefined)
    return promise
  }
})

t.test('a flood is told how much is left, and then to wait', async (t) => {
  const forum = await startForum(t, { RATE_LIMITS: 'on' })
  const zoe = await forum.member('Zoé')
  const program = new Program(forum.origin, await tokenOf(zoe, 'read'))
  const other = new Program(forum.origin, await tokenOf(await forum.member('Max'), 'read'))
  const first = await program.get('/api/v1/cities')
  t.equal(first.headers.get('ratelimit-policy'), '"requests";q=600;w=60')
  t.match(first.headers.get('ratelimit'), /^"requests";r=599;t=(60|59)$/)
  const rest = await Promise.all(Array.from({ length: 600 }, () => program.get('/api/v1/settings')))
  t.equal(rest.filter(({ status }) => status === 429).length, 1)
  const late = await program.get('/api/v1/settings')
  t.equal(late.status, 429)
  t.match(late.headers.get('ratelimit'), /^"requests";r=0;t=\d+$/)
  t.match(late.headers.get('retry-after'), /^\d+$/)
  t.match(late.json, { type: 'about:blank', status: 429 })
  t.equal((await other.get('/api/v1/settings')).status, 200, 'nobody else waits')
})
