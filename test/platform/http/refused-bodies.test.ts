import { connect } from 'node:net'
import t from 'tap'
import { startForum, type TestForum } from '../../support/forum.ts'
import { until } from '../../support/until.ts'

const MEGABYTE = 1_000_000
const PART = 'a'.repeat(MEGABYTE)

/** Sends all of a form before it looks for an answer, as browsers do. Answers what it then gets. */
async function sendAll(
  { origin }: TestForum,
  path: string,
  megabytes: number,
  { headers = '', chunked = false } = {},
): Promise<string> {
  const socket = connect(Number(new URL(origin).port), '127.0.0.1').pause()
  const { promise, resolve } = Promise.withResolvers<string>()
  let got = ''
  socket.on('data', (part) => {
    got += part
    if (got.includes('</html>')) resolve(got)
  })
  socket.on('error', () => {}).on('close', () => resolve(got))
  const length = chunked ? 'Transfer-Encoding: chunked' : `Content-Length: ${megabytes * MEGABYTE}`
  socket.write(`POST ${path} HTTP/1.1\r\nHost: a\r\n${headers}`)
  socket.write(`Content-Type: application/x-www-form-urlencoded\r\n${length}\r\n\r\n`)
  for (let sent = 0; sent < megabytes && !socket.destroyed; sent += 1) {
    const part = chunked ? `${MEGABYTE.toString(16)}\r\n${PART}\r\n` : PART
    await new Promise<unknown>((done) => socket.write(part, done))
  }
  if (chunked) socket.write('0\r\n\r\n')
  socket.resume()
  const answer = await promise
  socket.destroy()
  return answer
}

t.test('who sends too much before they look for an answer gets it', async (t) => {
  const forum = await startForum(t)
  const zoe = await forum.member('Zoé')
  const own = `Origin: ${forum.origin}\r\n`
  for (const [what, answer] of Object.entries({
    'a long login': sendAll(forum, '/login', 20, { headers: own }),
    'one that does not say how long': sendAll(forum, '/login', 20, { headers: own, chunked: true }),
    'one of a connection that is for it alone': sendAll(forum, '/login', 20, {
      headers: `${own}Connection: close\r\n`,
    }),
    'a long post': sendAll(forum, '/threads', 20, { headers: `${own}Cookie: ${zoe.cookieHeader}\r\n` }),
    'what nothing takes': sendAll(forum, '/nowhere', 20, { headers: own }),
  })) {
    t.match(await answer, /^HTTP\/1\.1 413 /, what)
  }
})

t.test('what is far longer than anybody sends by mistake is cut off', async (t) => {
  const forum = await startForum(t)
  const length = `Content-Length: ${1_000 * MEGABYTE}`
  // The home page twice: the first time it is made, then it is kept.
  for (const request of ['POST /login', 'GET /', 'GET /']) {
    const socket = connect(Number(new URL(forum.origin).port), '127.0.0.1').on('error', () => {})
    t.teardown(() => socket.destroy())
    socket.write(`${request} HTTP/1.1\r\nHost: a\r\n${length}\r\n\r\n`)
    let sent = 0
    socket.on('drain', () => {
      while (socket.writable && socket.write(PART)) sent += 1
      sent += 1
    })
    socket.write(PART)
    await until(() => socket.destroyed)
    t.ok(sent < 200, `${request}: after ${sent} MB`)
  }
  const { headers } = await forum.passerBy().get('/')
  t.not(headers.get('connection'), 'close', 'of who comes next, the connection stays open')
})
