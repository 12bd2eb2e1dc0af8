import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import t, { type Test } from 'tap'
import { WebSocket, WebSocketServer } from 'ws'
import { textFrame } from '../../../src/platform/live/frame.ts'
import { HUB_LIMITS, Hub, type HubLimits, type LiveClient } from '../../../src/platform/live/hub.ts'

/** A hub with real sockets: answers the clients that it has let in, and lets windows come in. */
async function openHub(t: Test, limits: Partial<HubLimits>) {
  const hub = new Hub({ ...HUB_LIMITS, ...limits })
  const server = createServer()
  const sockets = new WebSocketServer({ server })
  const clients: LiveClient[] = []
  const left: LiveClient[] = []
  sockets.on('connection', (socket, { socket: stream, url = '' }) => {
    const client: LiveClient = {
      ...{ socket, stream, language: 'fr', memberId: null, sessionId: url.slice(1), seesRemoved: false, alive: true },
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
  t.ok(hub.hasRoomFor('one'))
  const second = await open()
  t.notOk(hub.hasRoomFor('one'))
  t.ok(hub.hasRoomFor('another'))
  t.ok(hub.hasRoomFor(null))
  const third = await open()
  t.equal((await once(third, 'close'))[0], 1013, 'one that comes in all the same is told to try again later')
  t.equal(hub.size, 2)
  await open('another')
  t.notOk(hub.hasRoomFor(null))
  second.close()
  await once(second, 'close')
  t.ok(hub.hasRoomFor(null))
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
