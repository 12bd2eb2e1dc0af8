import { once } from 'node:events'
import { connect } from 'node:net'
import t from 'tap'
import { startForum } from '../../support/forum.ts'
import { threadBy } from '../../support/threads.ts'

t.test('what is not a frame is nobody’s error but the window’s', async (t) => {
  const forum = await startForum(t)
  const zoe = await forum.member('Zoé')
  const { thread } = await threadBy(forum, 'Zoé')
  const frames = {
    'an unmasked text': [0x81, 0x02, 0x68, 0x69],
    'a reserved opcode': [0x83, 0x80, 0, 0, 0, 0],
    'a reserved bit': [0xc1, 0x80, 0, 0, 0, 0],
    'words that are not UTF-8': [0x81, 0x82, 0, 0, 0, 0, 0xc3, 0x28],
    'a message that is too long': [0x81, 0xfe, 0x10, 0x00, 0, 0, 0, 0],
    'a ping in pieces': [0x09, 0x80, 0, 0, 0, 0],
    'a close code that is none': [0x88, 0x82, 0, 0, 0, 0, 0, 1],
  }
  for (const [what, bytes] of Object.entries(frames)) {
    for (const person of [zoe, forum.passerBy()]) {
      const stream = connect(Number(new URL(forum.origin).port), '127.0.0.1')
      t.teardown(() => stream.destroy())
      stream.write(
        `GET /live?thread=${thread.id}&after=1 HTTP/1.1\r\nHost: a\r\nOrigin: ${forum.origin}\r\nCookie: ${person.cookieHeader}\r\n` +
          'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
      )
      await once(stream, 'data')
      stream.write(Buffer.from(bytes))
      stream.resume()
      await once(stream, 'close')
    }
    t.same(
      forum.logged.filter((line) => JSON.parse(line).level >= 40),
      [],
      what,
    )
  }
})

t.test('a request for a protocol that is not spoken here is one like all', async (t) => {
  const forum = await startForum(t)
  for (const path of ['/', '/', '/rien', '/%', '/live?thread=1&after=1']) {
    const stream = connect(Number(new URL(forum.origin).port), '127.0.0.1')
    t.teardown(() => stream.destroy())
    const close = path === '/rien' ? 'Upgrade, close' : 'Upgrade'
    stream.write(`GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: ${close}\r\nUpgrade: h2c\r\n\r\n`)
    const [answer] = await once(stream, 'data')
    t.match(String(answer), path === '/' ? /^HTTP\/1\.1 200 / : /^HTTP\/1\.1 404 /)
  }
})
