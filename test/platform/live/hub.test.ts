import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import t, { type Test } from 'tap'
import { WebSocket, WebSocketServer } from 'ws'
import { isThisMachine, networkOf } from '../../../src/platform/http/network-of.ts'
import { textFrame } from '../../../src/platform/live/frame.ts'
import { Hub, type LiveClient } from '../../../src/platform/live/hub.ts'
import { type HubLimits, hubLimits } from '../../../src/platform/live/hub-limits.ts'

/** A hub with real sockets: answers the clients that it has let in, and lets windows come in. */
async function openHub(t: Test, limits: Partial<HubLimits>) {
  const hub = new Hub({ ...hubLimits(true), ...limits })
  const server = createServer()
  const sockets = new WebSocketServer({ server })
  const clients: LiveClient[] = []
  const left: LiveClient[] = []
  sockets.on('connection', (socket, { socket: stream, url = '' }) => {
    const client: LiveClient = {
      ...{ socket, stream, language: 'fr', memberId: null, seesRemoved: false, alive: true, taken: null },
      // A stranger’s network begins with an «@».
      ...(url.startsWith('/@') ? { sessionId: null, network: url.slice(2) } : { sessionId: url.slice(1), network: '' }),
      left: () => left.push(client),
    }
    clients.push(client)
    hub.add(client)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  t.teardown(() => {
    hub.close()
    for (const socket of sockets.clients) socket.terminate()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const open = async (session = 'one') => {
    const window = new WebSocket(`ws://127.0.0.1:${port}/${session}`)
    await once(window, 'open')
    return window
  }
  return { hub, clients, left, open }
}

t.test('a reader who takes nothing in is let go, and costs the others nothing', async (t) => {
  const { hub, clients, left, open } = await openHub(t, { waiting: 256 * 1_024 })
  const slow = await open()
  const lively = await open()
  slow.pause()
  let heard = 0
  lively.on('message', () => {
    heard += 1
  })
  const frame = textFrame('x'.repeat(200_000))
  let told = 0
  while (left.length === 0 && told < 500) {
    await hub.broadcast(clients, () => frame)
    told += 1
    await once(lively, 'message')
  }
  t.equal(left.length, 1, 'one has gone')
  t.equal(left[0], clients[0], 'the one who took nothing in')
  t.equal(heard, told, 'the other has heard everything')
  t.equal(hub.size, 1)
})

t.test('a reader who answers no more is let go, and who answers stays', async (t) => {
  const { hub, clients, left, open } = await openHub(t, { heartbeatMilliseconds: 50 })
  const silent = await open()
  const lively = await open()
  silent.pause()
  await once(clients[0]?.socket ?? silent, 'close')
  await once(lively, 'ping')
  t.same(left, [clients[0]])
  t.equal(hub.size, 1)
  t.equal(lively.readyState, WebSocket.OPEN)
})

t.test('there is room for so many windows, and for so many of one session', async (t) => {
  const { hub, open } = await openHub(t, { total: 3, perSession: 2 })
  await open()
  t.ok(hub.hasRoomFor({ sessionId: 'one', network: '' }))
  const second = await open()
  t.notOk(hub.hasRoomFor({ sessionId: 'one', network: '' }))
  t.ok(hub.hasRoomFor({ sessionId: 'another', network: '' }))
  t.ok(hub.hasRoomFor({ sessionId: null, network: '' }))
  const third = await open()
  t.equal((await once(third, 'close'))[0], 1013, 'one that comes in all the same is told to try again later')
  t.equal(hub.size, 2)
  await open('another')
  t.notOk(hub.hasRoomFor({ sessionId: null, network: '' }))
  second.close()
  await once(second, 'close')
  t.ok(hub.hasRoomFor({ sessionId: null, network: '' }))
})

t.test('strangers of one network do not take the room of others, nor strangers that of members', async (t) => {
  const { hub, open } = await openHub(t, { total: 6, strangers: 4, perNetwork: 2, perOwnMachine: 3 })
  const stranger = (network: string) => hub.hasRoomFor({ sessionId: null, network })
  const here = networkOf('127.0.0.1')
  const first = await open('@a')
  await open('@a')
  t.notOk(stranger('a'), 'two of one network')
  t.ok(stranger('b'))
  first.close()
  await once(first, 'close')
  t.ok(stranger('a'))
  for (let count = 0; count < 3; count += 1) {
    t.ok(stranger(here), 'who comes by this machine shares its address with many')
    await open(`@${here}`)
  }
  t.notOk(stranger(here))
  t.notOk(stranger('b'), 'there are enough strangers')
  await open('member')
  await open('member')
  t.notOk(hub.hasRoomFor({ sessionId: 'member', network: '' }), 'until all the room is taken')
})

t.test('windows are counted by the network that somebody has for themselves', async (t) => {
  const same = [
    ['2001:db8:1:2::1', '2001:db8:1:2:ffff::'],
    ['2001:DB8:1:2:3:4:5:6', '2001:db8:0001:0002::9'],
    ['fe80::1%eth0', 'fe80::2%eth1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
  ] as const
  for (const [one, other] of same) t.equal(networkOf(one), networkOf(other), `${one} and ${other}`)
  const different = ['2001:db8:1:2::1', '2001:db8:1:3::1', '2001:db8::1', '2001::1', '192.0.2.1', '192.0.2.2', '::1']
  t.equal(new Set(different.map(networkOf)).size, different.length)
  for (const address of ['127.0.0.1', '::1', '::ffff:127.0.0.1']) t.ok(isThisMachine(networkOf(address)), address)
  for (const address of ['2001:db8::1', '192.0.2.1', '1::1']) t.notOk(isThisMachine(networkOf(address)), address)
})

t.test('however few descriptors there are, some are left for pages', async (t) => {
  for (const descriptors of [256, 1_024, 4_096, 20_000, 1_000_000, Infinity]) {
    const { total, strangers, perNetwork, perOwnMachine } = hubLimits(true, descriptors)
    t.ok(total < 0.8 * descriptors && strangers < total)
    t.ok(perNetwork <= perOwnMachine && perOwnMachine < strangers)
  }
  t.equal(hubLimits(false, 20_000).perNetwork, hubLimits(false, 20_000).strangers, 'off with the other limits')
})

t.test('a reader who says that they are there and takes nothing is let go', async (t) => {
  const { hub, clients, left, open } = await openHub(t, { waiting: 1_000_000_000, idleMilliseconds: 300 })
  const slow = await open()
  const lively = await open()
  const gone = once(clients[0]?.socket ?? slow, 'close')
  slow.pause()
  const alive = setInterval(() => slow.pong(), 50)
  t.teardown(() => clearInterval(alive))
  const frame = textFrame('x'.repeat(8_000_000))
  await hub.broadcast(clients, () => frame)
  await once(lively, 'message')
  await gone
  t.same(left, [clients[0]])
  t.equal(lively.readyState, WebSocket.OPEN)
})

t.test('a forum that stops tells everybody to come back', async (t) => {
  const { hub, open } = await openHub(t, {})
  const window = await open()
  const closed = once(window, 'close')
  hub.close()
  t.equal((await closed)[0], 1012)
})

t.test('a frame of every length arrives as it was', async (t) => {
  const { hub, clients, open } = await openHub(t, { waiting: 10_000_000 })
  const window = await open()
  for (const length of [0, 1, 125, 126, 127, 65_535, 65_536, 1_000_000]) {
    const text = 'é'.repeat(length / 2) + 'x'.repeat(length % 2)
    const heard = once(window, 'message')
    await hub.broadcast(clients, () => textFrame(text))
    t.equal(String((await heard)[0]), text, `${length} bytes`)
  }
})
