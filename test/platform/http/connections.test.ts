import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { roomForConnections } from '../../../src/platform/http/connections/descriptors.ts'
import { inTurn } from '../../../src/platform/http/connections/in-turn.ts'
import {
  type Answers,
  type ConnectionLimits,
  limitConnections,
} from '../../../src/platform/http/connections/limit-connections.ts'
import { startForum } from '../../support/forum.ts'

const LIMITS: ConnectionLimits = { most: 1_000, trusts: () => true, refused: () => {} }
/** More than the system takes in for somebody who does not read. */
const HUGE = 'x'.repeat(20_000_000)

async function listen(t: Test, limits: Partial<ConnectionLimits>, listener: RequestListener): Promise<Server> {
  const answers: Answers = new WeakMap()
  const server = createServer(
    inTurn((request, response) => {
      answers.set(request.socket, { request, response, since: performance.now() })
      listener(request, response)
    }),
  )
  limitConnections(server, { ...LIMITS, ...limits }, answers)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  return server
}

async function open(t: Test, server: Server | number, reading = true): Promise<Socket> {
  const address = typeof server === 'number' ? null : server.address()
  const port = address !== null && typeof address === 'object' ? address.port : Number(server)
  const socket = connect(port, '127.0.0.1').on('error', () => {})
  t.teardown(() => socket.destroy())
  if (reading) socket.resume()
  else socket.pause()
  await once(socket, 'connect')
  return socket
}

/** Waits for the end, in order or not. */
const closed = (socket: Socket) => new Promise((resolve) => socket.once('close', resolve))

const REQUEST = 'GET / HTTP/1.1\r\nHost: forum\r\n\r\n'
const connectionsOf = (server: Server) =>
  new Promise<number>((resolve) => server.getConnections((_error, count) => resolve(count)))

/** Waits until the server holds no connection. */
async function untilNobodyIsLeft(server: Server): Promise<void> {
  while ((await connectionsOf(server)) > 0) await setImmediate()
}

t.test('who says nothing is let go', async (t) => {
  const server = await listen(t, { silence: 100 }, (_request, response) => response.end('here'))
  for (const said of ['', 'GET / HT', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc']) {
    const socket = await open(t, server)
    socket.write(said)
    await closed(socket)
  }
})

t.test('who takes nothing of what they asked for is let go, and their page with them', async (t) => {
  const server = await listen(t, { silence: 200 }, (_request, response) => response.end(HUGE))
  const socket = await open(t, server, false)
  socket.write(REQUEST)
  await untilNobodyIsLeft(server)
})

t.test('who takes drop by drop is let go after a while', async (t) => {
  const server = await listen(t, { silence: 200, longestAnswer: 500 }, (_request, response) => response.end(HUGE))
  const socket = await open(t, server, false)
  socket.write(REQUEST)
  const drops = setInterval(() => socket.read(10_000), 20)
  t.teardown(() => clearInterval(drops))
  await untilNobodyIsLeft(server)
})

t.test('who waits for us is not', async (t) => {
  const server = await listen(t, { silence: 100 }, async (_request, response) => {
    // As long as a lock in the database may take.
    const { promise, resolve } = Promise.withResolvers<void>()
    setTimeout(resolve, 500)
    await promise
    response.end('in the end')
  })
  const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  t.equal(await answer.text(), 'in the end')
})

t.test('what is asked in one write is answered one after the other, each when the one before was taken', async (t) => {
  let begun = 0
  const server = await listen(t, {}, (request, response) => {
    begun += 1
    response.end(request.url === '/small' ? 'here' : HUGE)
  })
  const greedy = await open(t, server, false)
  greedy.write(REQUEST.repeat(60))
  const other = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/small`)
  await other.text()
  t.equal(begun, 2, 'one for each of them')

  const patient = await open(t, server, false)
  const small = 'GET /small HTTP/1.1\r\nHost: a\r\n'
  patient.write(`${`${small}\r\n`.repeat(49)}${small}Connection: close\r\n\r\n`)
  let said = ''
  for await (const part of patient) said += part
  t.equal(said.split('here').length - 1, 50)

  const flooding = await open(t, server)
  flooding.write(REQUEST.repeat(5_000))
  await closed(flooding)
})

t.test('of one address there are so many, of a proxy of ours as many as it needs', async (t) => {
  const refused: string[] = []
  const counted = { most: 100, trusts: () => false, refused: (reason: string) => void refused.push(reason) }
  const server = await listen(t, counted, (_request, response) => response.end('here'))
  const sockets = await Promise.all(Array.from({ length: 60 }, () => open(t, server)))
  while (refused.length < 28) await setImmediate()
  t.same(new Set(refused), new Set(['address']))
  t.equal(await connectionsOf(server), 32)
  for (const socket of sockets) socket.destroy()
  await untilNobodyIsLeft(server)
  await open(t, server)
  while ((await connectionsOf(server)) < 1) await setImmediate()
})

t.test('where there is no room, who does least goes, and who comes is answered', async (t) => {
  const refused: string[] = []
  let begun = 0
  const limits = { most: 50, refused: (reason: string) => void refused.push(reason) }
  const server = await listen(t, limits, (request, response) => {
    // Some are at work for as long as this test takes.
    if (request.url === '/slow') begun += 1
    else response.end('here')
  })
  const { port } = server.address() as AddressInfo
  const slow = await Promise.all(Array.from({ length: 20 }, () => open(t, server)))
  for (const socket of slow) socket.write('GET /slow HTTP/1.1\r\nHost: a\r\n\r\n')
  let gone = 0
  for (const socket of slow) socket.on('close', () => (gone += 1))
  for (let time = 0; time < 200; time += 1) {
    const idle = await open(t, server)
    if (time % 2 === 0) idle.write(REQUEST)
    if (time % 20 > 0) continue
    const answer = await fetch(`http://127.0.0.1:${port}/`, { headers: { connection: 'close' } })
    t.equal(await answer.text(), 'here')
  }
  t.equal(gone, 0, 'who waits for an answer stays')
  t.same(refused, [])
  t.ok((await connectionsOf(server)) <= 50)

  while (!refused.includes('full')) {
    const before = begun
    const another = await open(t, server)
    another.write('GET /slow HTTP/1.1\r\nHost: a\r\n\r\n')
    while (begun === before && refused.length === 0) await setImmediate()
  }
  t.ok((await connectionsOf(server)) <= 50, 'and nobody else fits')
})

t.test('descriptors are left for what the forum itself opens', async (t) => {
  t.equal(roomForConnections(14, 1_024), 1_024 - 128 - 14)
  t.equal(roomForConnections(14, 200), 100)
  t.equal(roomForConnections(14, 1_048_576), 50_000)
  t.ok(roomForConnections(14) > 0)
})

t.test('whoever wants to speak something else is answered as everybody', async (t) => {
  const forum = await startForum(t)
  const port = Number(new URL(forum.origin).port)
  await forum.passerBy().get('/cities')
  for (const path of ['/cities', '/cit%', '/live', '/healthz', '/nowhere', '/live?thread=1&after=0']) {
    for (const wanted of ['foo', 'h2c', 'websocket']) {
      const socket = await open(t, port)
      const live = wanted === 'websocket' && path.startsWith('/live?')
      const ask = (headers: string) => socket.write(`GET ${path} HTTP/1.1\r\nHost: a\r\n${headers}\r\n`)
      let answers = 0
      socket.on('data', (part) => {
        answers += String(part).split(/^HTTP\/1\.1 /m).length - 1
        if (answers === 1 && !live) ask('Connection: close\r\n')
      })
      ask(`Connection: Upgrade\r\nUpgrade: ${wanted}\r\n`)
      await closed(socket)
      t.ok(live ? answers === 1 : answers > 1, `${path} ${wanted}`)
    }
  }
})

t.test('whoever wants the live channel out of turn, or is refused it, keeps no connection', async (t) => {
  const forum = await startForum(t)
  const { hostname, port } = new URL(forum.origin)
  const wanting = (url: string) =>
    `GET ${url} HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${'A'.repeat(22)}==\r\n\r\n`
  const plain = (more: string) => `GET /cities HTTP/1.1\r\nHost: a\r\n${more}\r\n`
  const live = '/live?thread=1&after=0'
  for (const sent of [
    plain('') + wanting(live),
    plain('').repeat(3) + wanting(live),
    wanting(`/live?${'a'.repeat(9_000)}`),
    wanting('/live?%zz'),
    wanting(live),
  ]) {
    const socket = connect(Number(port), hostname)
    t.teardown(() => socket.destroy())
    let answered = ''
    socket
      .on('error', () => {})
      .on('data', (part) => {
        answered += part
        // It is still one of HTTP's, which is asked for something else.
        if (/ 404 [\s\S]*<\/html>/.test(answered)) socket.write(plain('Connection: close\r\n'))
      })
    socket.write(sent)
    await closed(socket)
    t.match(answered, /^HTTP/)
  }
})
