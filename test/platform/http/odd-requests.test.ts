import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import fc from 'fast-check'
import t from 'tap'
import { startForum } from '../../support/forum.ts'
import { threadBy } from '../../support/threads.ts'

/** What people, programs and cut-off links put where a number or a name is meant. */
const ODD = [
  ...['0', '-1', '1.5', '1e3', 'Infinity', '-Infinity', 'NaN', '0x10', '9007199254740992', '9'.repeat(40), '00001'],
  ...[
    '%00',
    '%',
    '%zz',
    '%C3',
    '%ED%A0%80',
    '%F0%9F%99%82',
    '%2e%2e',
    '%0d%0aX:%201',
    '+1',
    '',
    'null',
    'x'.repeat(3_000),
  ],
]

const PLACES = [
  ...['/*', '/cities/*', '/cities/nice/*', '/technologies/*', '/cities/nice?before=*', '/cities/nice?sort=*'],
  ...[
    '/threads/*',
    '/threads/*/x',
    '/threads/1/*',
    '/threads/1/x?page=*',
    '/threads/1/x?reply_to=*',
    '/threads/1/x?quote=*',
  ],
  ...[
    '/threads/*/posts/1',
    '/threads/1/posts/*',
    '/threads/*/move',
    '/threads/new?board=*',
    '/posts/*/edit',
    '/posts/*/history',
  ],
  ...['/members/*', '/login?next=*', '/register?setup=*', '/settings?saved=*', '/notifications?before=*'],
  ...[
    '/subscriptions?before=*',
    '/unsubscribe/*',
    '/admin/outbox/*',
    '/live?thread=*&after=0',
    '/live?thread=1&after=*',
  ],
  ...['/assets/*', '/settings/email/*'],
]

const FORMS = [
  ...[
    '/threads',
    '/threads/1/replies',
    '/posts/1/edit',
    '/posts/1/delete',
    '/posts/1/restore',
    '/preview',
    '/register',
  ],
  ...[
    '/login',
    '/settings',
    '/settings/security',
    '/settings/email',
    '/boards/nice/subscription',
    '/notifications/read',
  ],
  ...['/threads/1/subscription', '/threads/1/move', '/unsubscribe/x', '/nowhere'],
]

const FIELDS = [
  ...[
    'title',
    'body',
    'boards',
    'request_id',
    'reply_to',
    'level',
    'username',
    'password',
    'email',
    'next',
    'language',
  ],
  ...['theme', 'biography', 'action', 'session', 'new_password', 'preview', 'version', 'kept_form', 'setup', 'city'],
]

const oddText = fc.oneof(
  fc.constantFrom(...ODD, '\0', 'a\0b', '\ud800', '{"action":"//evil","fields":[]}', '__proto__', 'nice'),
  fc.string({ unit: 'binary', maxLength: 40 }),
)
const oddHeader = fc.oneof(
  fc.constantFrom('', '*', '*/*', ';;;', 'q=9', 'fr;q=x', 'br;q=0', 'session=%00', 'session="a;b"', 'a'.repeat(4_000)),
  fc.stringMatching(/^[\x20-\x7e\x80-\xff]{0,40}$/),
)
const oddHeaders = fc.dictionary(
  fc.constantFrom(
    ...['accept', 'accept-language', 'accept-encoding', 'cookie', 'origin', 'sec-fetch-site', 'if-none-match'],
    ...['x-forwarded-for', 'x-forwarded-proto', 'x-forwarded-host', 'user-agent', 'referer', 'range'],
  ),
  oddHeader,
  { maxKeys: 4 },
)
const oddBody = fc.oneof(
  fc.record({
    type: fc.constant('application/x-www-form-urlencoded'),
    body: fc
      .array(fc.tuple(fc.constantFrom(...FIELDS), oddText), { maxLength: 5 })
      .map((fields) => fields.map(([name, value]) => `${name}=${encodeURIComponent(value.toWellFormed())}`).join('&')),
  }),
  fc.record({
    type: fc.constant('application/json'),
    body: fc
      .dictionary(fc.constantFrom(...FIELDS), fc.oneof(oddText, fc.jsonValue(), fc.array(oddText, { maxLength: 3 })))
      .map((value) => JSON.stringify(value)),
  }),
  fc.record({
    type: fc.constantFrom(
      'application/json',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'x',
    ),
    body: fc.constantFrom(
      '',
      '{',
      'null',
      '[]',
      '1e999',
      '{"version":1e999}',
      'a=%',
      '%00=%00',
      'a[b]=1',
      'body=%C3%28',
      '--x--',
    ),
  }),
)

t.test('whatever is asked, in whatever way, it is no fault of ours', async (t) => {
  const forum = await startForum(t, { LOG_LEVEL: 'error' })
  const zoe = await forum.member('Zoé')
  await threadBy(forum, 'Zoé')

  /** Sends a request to the letter, as `fetch` would not. */
  async function ask(method: string, path: string, headers: Record<string, string>, body?: string) {
    const sent = request(forum.origin, { method, path, headers }).end(body)
    const { promise, resolve, reject } = Promise.withResolvers<{ status: number; type: string; page: string }>()
    sent.on('error', reject).on('response', async (answer) => {
      const type = answer.headers['content-type'] ?? ''
      resolve({ status: answer.statusCode ?? 0, type, page: await text(answer) })
    })
    return promise
  }

  t.test('every address with something odd in it', async (t) => {
    for (const place of PLACES) {
      for (const odd of ODD) {
        for (const cookie of ['', zoe.cookieHeader]) {
          const path = place.replace('*', odd)
          const { status, type, page } = await ask('GET', path, { cookie, accept: 'text/html' })
          const fault = status >= 500 || (status >= 400 && !type.startsWith('text/html'))
          if (fault) t.fail(`${path.slice(0, 80)}: ${status} ${type} ${page.slice(0, 200)}`)
        }
      }
    }
    t.same(forum.logged, [])
  })

  t.test('a link whose end was cut off leads to its thread', async (t) => {
    for (const slug of ['une-cam%C3', 'cam%', '%D9%87%D']) {
      const visit = await forum.passerBy().follow(`/threads/1/${slug}`)
      t.equal(visit.status, 200, slug)
      t.ok(visit.document.querySelector('#post-1'))
    }
  })

  t.test('odd headers, forms and methods', async (t) => {
    const method = fc.constantFrom('GET', 'HEAD', 'POST', 'POST', 'POST', 'PUT', 'DELETE', 'OPTIONS')
    const property = fc.asyncProperty(
      method,
      fc.constantFrom(...FORMS),
      oddHeaders,
      oddBody,
      async (method, path, headers, { type, body }) => {
        const own = {
          'content-type': type,
          'content-length': String(Buffer.byteLength(body)),
          cookie: zoe.cookieHeader,
        }
        const { status } = await ask(method, path, { ...own, ...headers }, body)
        return status >= 200 && status < 500
      },
    )
    await fc.assert(property, { seed: 1, numRuns: 400 })
    t.same(forum.logged, [])
  })
})
