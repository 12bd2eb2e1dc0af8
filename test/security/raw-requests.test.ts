import { gzipSync } from 'node:zlib'
import t from 'tap'
import { fetchRaw } from '../support/fetch-raw.ts'
import { startForum } from '../support/forum.ts'
import { askRaw, sendRaw, statusesIn } from '../support/send-raw.ts'
import { threadBy } from '../support/threads.ts'

/** What a proxy in front of the forum might take for one request, and the forum for two (RFC 9112, 11.2). */
const SMUGGLED = 'GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n'
const SHAPES: Record<string, string> = {
  'a length and chunks': `Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${SMUGGLED}`,
  'chunks and a length': `Transfer-Encoding: chunked\r\nContent-Length: ${5 + SMUGGLED.length}\r\n\r\n0\r\n\r\n${SMUGGLED}`,
  'two lengths': `Content-Length: 0\r\nContent-Length: ${SMUGGLED.length}\r\n\r\n${SMUGGLED}`,
  'two lengths in one': `Content-Length: 0, ${SMUGGLED.length}\r\n\r\n${SMUGGLED}`,
  'a length with a sign': `Content-Length: +0\r\n\r\n${SMUGGLED}`,
  'a negative length': `Content-Length: -1\r\n\r\n${SMUGGLED}`,
  'a length in base 16': `Content-Length: 0x0\r\n\r\n${SMUGGLED}`,
  'chunks that are not last': `Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n${SMUGGLED}`,
  'chunks misspelt': `Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${SMUGGLED}`,
  'chunks by a space before the colon': `Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n${SMUGGLED}`,
  'chunks after a tab': `Transfer-Encoding:\tchunked, x\r\n\r\n0\r\n\r\n${SMUGGLED}`,
  'a folded header': `X: y\r\n Transfer-Encoding: chunked\r\nContent-Length: x\r\n\r\n${SMUGGLED}`,
  'a bare line feed': `X: y\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${SMUGGLED}`,
  'a bare carriage return': `X: y\rTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${SMUGGLED}`,
  'a size of a chunk that is none': `Transfer-Encoding: chunked\r\n\r\n0x5\r\nhello\r\n0\r\n\r\n${SMUGGLED}`,
  'a size beyond all numbers': `Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\nx\r\n0\r\n\r\n${SMUGGLED}`,
}

t.test('requests to the letter', async (t) => {
  const forum = await startForum(t, { LOG_LEVEL: 'error' })
  const zoe = await forum.member('Zoé')
  const { thread } = await threadBy(forum, 'Zoé')

  for (const [name, rest] of Object.entries(SHAPES)) {
    t.test(`${name}: nothing after it is taken for a request of its own`, async (t) => {
      for (const first of ['POST /login', 'GET /', `POST /threads/${thread.id}/replies`]) {
        const answers = await sendRaw(forum.origin, `${first} HTTP/1.1\r\nHost: a\r\n${rest}`)
        const statuses = statusesIn(answers)
        t.ok(
          statuses.slice(1).every((status) => status === 400),
          `${first}: ${statuses}`,
        )
      }
    })
  }

  t.test('a host that is none, or two of them', async (t) => {
    for (const head of ['', 'Host: a\r\nHost: b\r\n', 'Host: a b\r\n', 'Host: a/b\r\n', 'Host: a@b\r\n']) {
      const answer = await askRaw(forum.origin, `GET / HTTP/1.1\r\n${head}Connection: close\r\n\r\n`)
      const [status = 0] = statusesIn(answer)
      t.ok(status === 400 || status === 200, `${head}: ${status}`)
      t.notMatch(answer, /a@b|a\/b|a b"/)
    }
    const absolute = await askRaw(
      forum.origin,
      'GET http://evil.example/cities HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n',
    )
    t.same(statusesIn(absolute), [200])
    t.notMatch(absolute, /evil/, 'a whole address is a path, and no name of ours')
  })

  t.test('no header of an answer is written by who asks', async (t) => {
    const LINES = [
      '%0d%0aX-Evil:%201',
      '%0aSet-Cookie:%20session=evil',
      '%E5%98%8A%E5%98%8DX-Evil:1',
      '%0d%0a%0d%0a<script>',
    ]
    for (const line of LINES) {
      for (const path of [
        ...[`/threads/${thread.id}/x${line}`, `/login?next=/${line}`, `/cities/${line}`, `/members/zo%C3%A9${line}`],
        ...[
          `/threads/${line}`,
          `/settings?saved=${line}`,
          `/search.atom?q=${line}`,
          `/notifications?x=${line}`,
          `/cities/nice/?${line}`,
        ],
      ]) {
        const answer = await sendRaw(
          forum.origin,
          `GET ${path} HTTP/1.1\r\nHost: a\r\nCookie: ${zoe.cookieHeader}\r\nConnection: close\r\n\r\n`,
        )
        const [head = ''] = answer.split('\r\n\r\n')
        t.notMatch(head, /^(x-evil|set-cookie: session=evil)/im, path)
      }
      const next = decodeURIComponent(line)
      const login = await forum
        .passerBy()
        .post('/login', { username: 'Zoé', password: 'quatre mots sans rapport', next: `/${next}` })
      t.equal(login.headers.get('x-evil'), null)
      t.ok([303, 422].includes(login.status), String(login.status))
    }
  })

  t.test('a head, an address or a body that is too large is refused with a page', async (t) => {
    t.equal((await fetchRaw(forum.origin, '/', { cookie: 'a'.repeat(20_000) })).status, 431)
    t.equal((await fetchRaw(forum.origin, `/${'a'.repeat(9_000)}`)).status, 400)
    const many = Object.fromEntries(Array.from({ length: 3_000 }, (_, index) => [`x-${index}`, '1']))
    t.ok([400, 431].includes((await fetchRaw(forum.origin, '/', many)).status))
    const large = await zoe.post(`/threads/${thread.id}/replies`, { body: 'a'.repeat(2_000_000) })
    t.equal(large.status, 413)
  })

  t.test('nothing that comes is unpacked, so nothing small becomes large', async (t) => {
    const bomb = gzipSync(`body=${'a'.repeat(50_000_000)}`)
    t.ok(bomb.length < 60_000)
    const answer = await fetch(`${forum.origin}/threads/${thread.id}/replies`, {
      method: 'POST',
      headers: {
        cookie: zoe.cookieHeader,
        origin: forum.origin,
        'content-type': 'application/x-www-form-urlencoded',
        'content-encoding': 'gzip',
      },
      body: bomb,
      redirect: 'manual',
    })
    t.ok(answer.status >= 400 && answer.status < 500, String(answer.status))
  })

  t.same(forum.logged, [], 'and none of it is a fault of ours')
})
