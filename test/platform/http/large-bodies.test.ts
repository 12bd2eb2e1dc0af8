import { connect, type Socket } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import t from 'tap'
import { LARGEST_FORM } from '../../../src/limits.ts'
import { startForum } from '../../support/forum.ts'
import { until } from '../../support/until.ts'

t.test('large forms that are sent slowly fill neither the memory nor the way for others', async (t) => {
  const forum = await startForum(t, { LOG_LEVEL: 'error' })
  const { port } = new URL(forum.origin)
  const long = { username: 'a', password: 'b', kept_form: 'x'.repeat(2 * LARGEST_FORM - 1_000) }
  const from = (address: string) => ({ 'x-forwarded-for': address })

  /** Begins forms and leaves them there. Answers how many were refused. */
  async function begin(
    count: number,
    address: string,
    length: string,
  ): Promise<{ sockets: Socket[]; refused: () => number }> {
    const sockets: Socket[] = []
    t.teardown(() => {
      for (const socket of sockets) socket.destroy()
    })
    let refused = 0
    const beginOne = () => {
      const socket = connect(Number(port), '127.0.0.1').on('error', () => {})
      sockets.push(socket)
      socket.on('data', (part) => {
        if (String(part).startsWith('HTTP/1.1 503')) refused += 1
      })
      socket.write(`POST /login HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: ${address}\r\n`)
      socket.write(`Content-Type: application/x-www-form-urlencoded\r\n${length}\r\n\r\n9\r\nusername=\r\n`)
    }
    for (let begun = 0; begun < count; begun += 1) beginOne()
    await until(async () => {
      const { status } = await forum.passerBy().post('/login', long, from(address))
      // It may have stood in the way of one of them itself.
      if (status !== 503) beginOne()
      return status === 503
    })
    return { sockets, refused: () => refused }
  }

  const slow = await begin(60, '192.0.2.1', `Content-Length: ${2 * LARGEST_FORM}`)
  await until(() => slow.refused() > 0)
  const refused = await forum.passerBy().post('/login', long, from('192.0.2.1'))
  t.equal(refused.status, 503)
  t.equal(refused.headers.get('retry-after'), '10')
  t.equal(
    (await forum.passerBy().post('/login', { username: 'a' }, from('192.0.2.1'))).status,
    422,
    'small ones are taken',
  )
  t.equal((await forum.passerBy().post('/login', long, from('192.0.2.2'))).status, 422, 'and those of others')

  await begin(60, '2001:db8::1', 'Transfer-Encoding: chunked')
  t.equal((await forum.passerBy().post('/login', long, from('2001:db8::2'))).status, 503)

  for (const socket of slow.sockets) socket.destroy()
  await until(async () => (await forum.passerBy().post('/login', long, from('192.0.2.1'))).status === 422)

  await t.test('who leaves while it is looked up who they are does not count', async (t) => {
    for (let moment = 0; moment < 100; moment += 1) {
      const socket = connect(Number(port), '127.0.0.1').on('error', () => {})
      socket.write(`POST /login HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 192.0.2.8\r\nCookie: session=${moment}\r\n`)
      socket.write('Content-Type: application/x-www-form-urlencoded\r\n')
      await new Promise((sent) => socket.write(`Content-Length: ${2 * LARGEST_FORM}\r\n\r\na`, sent))
      for (let turn = 0; turn < moment % 10; turn += 1) await setImmediate()
      socket.resetAndDestroy()
    }
    t.equal((await forum.passerBy().post('/login', long, from('192.0.2.8'))).status, 422)
  })

  const zoe = await forum.member('Zoé')
  for (const place of [1, 2, 3, 4]) await begin(16, `2001:db8:0:${place}::1`, `Content-Length: ${2 * LARGEST_FORM}`)
  t.equal((await forum.passerBy().post('/login', long, from('192.0.2.9'))).status, 503)
  t.equal(
    (await zoe.post('/login', long, from('192.0.2.9'))).status,
    422,
    'members are let through whoever fills the way',
  )
})
