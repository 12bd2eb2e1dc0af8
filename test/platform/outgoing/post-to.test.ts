import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import t, { type Test } from 'tap'
import { postTo } from '../../../src/platform/outgoing/post-to.ts'
import { isPublicAddress } from '../../../src/platform/outgoing/public-address.ts'
import { freePort } from '../../support/free-port.ts'
import { startReceiver } from '../../support/receiver.ts'

const HEADERS = { 'content-type': 'application/json' }
const loopback = (address: string): boolean => address === '127.0.0.1'

const post = (address: string, reaches = loopback, longest?: number) =>
  postTo(new URL(address), '{"à":1}', HEADERS, reaches, longest)

/** A server that takes connections and does with them what no HTTP server does. */
async function serve(t: Test, act: (socket: import('node:net').Socket) => void): Promise<string> {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    act(socket)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

t.test('sends a text and reads the status', async (t) => {
  const receiver = await startReceiver(t)
  t.same(await post(`${receiver.origin}/in?key=1`), { status: 200 })
  t.match(receiver.received, [{ path: '/in?key=1', body: '{"à":1}', headers: { 'content-type': 'application/json' } }])
  receiver.answer = (_request, response) => response.writeHead(500).end()
  t.same(await post(receiver.origin), { status: 500 })
})

t.test('follows no redirect', async (t) => {
  const receiver = await startReceiver(t)
  receiver.answer = (_request, response) => response.writeHead(302, { location: `${receiver.origin}/other` }).end()
  t.same(await post(receiver.origin), { status: 302 })
  t.equal(receiver.received.length, 1)
})

t.test('waits for no answer for ever, and reads none to its end', async (t) => {
  const receiver = await startReceiver(t)
  receiver.answer = () => {}
  t.same(await post(receiver.origin, loopback, 200), { problem: 'too_slow' })
  receiver.answer = (_request, response) => void response.writeHead(200).write('and so on')
  t.same(await post(receiver.origin), { status: 200 })
  const silent = await serve(t, () => {})
  t.same(await post(silent, loopback, 200), { problem: 'too_slow' })
  const dripping = await serve(t, (socket) => {
    const drip = setInterval(() => socket.write('HTTP/1.1 100 Continue\r\n\r\n'), 20)
    socket.on('close', () => clearInterval(drip))
  })
  t.same(await post(dripping, loopback, 300), { problem: 'too_slow' })
})

t.test('bears what is no answer', async (t) => {
  const huge = await serve(t, (socket) => void socket.write(`HTTP/1.1 200 OK\r\nx: ${'x'.repeat(1_000_000)}\r\n\r\n`))
  const odd = await serve(t, (socket) => void socket.end('SSH-2.0-OpenSSH_9.9\r\n'))
  const cut = await serve(t, (socket) => void socket.destroy())
  const busy = await serve(t, (socket) => void socket.write('HTTP/1.1 102 Processing\r\n\r\n'.repeat(200)))
  for (const address of [huge, odd, cut, busy, `http://127.0.0.1:${await freePort()}`, 'http://no.such.host.invalid']) {
    t.same(await post(address), { problem: 'unreachable' }, address)
  }
  t.same(await post(odd.replace('http:', 'https:')), { problem: 'insecure' })
})

t.test('says no word to a machine that is not to be reached', async (t) => {
  const receiver = await startReceiver(t)
  let connections = 0
  const counting = await serve(t, (socket) => {
    connections += 1
    socket.destroy()
  })
  const { port } = new URL(receiver.origin)
  for (const address of [
    ...[receiver.origin, counting, `http://127.1:${port}`, `http://2130706433:${port}`, `http://0x7f.1:${port}`],
    ...[`http://[::ffff:127.0.0.1]:${port}`, `http://[::1]:${port}`, `http://0.0.0.0:${port}`],
  ]) {
    t.same(await post(address, isPublicAddress), { problem: 'private' }, address)
  }
  t.equal(connections, 0)

  // A name that leads elsewhere by the time of the connection: what was looked up may be reached, what was connected to not.
  let asked = 0
  const onlyFirst = () => {
    asked += 1
    return asked === 1
  }
  t.same(await post(receiver.origin, onlyFirst), { problem: 'private' })
  t.equal(asked, 2)
  t.equal(receiver.received.length, 0)
})
