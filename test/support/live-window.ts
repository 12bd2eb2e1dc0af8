import type { Test } from 'tap'
import { WebSocket } from 'ws'
import type { Person } from './person.ts'
import { until } from './until.ts'

/** A shorter one than browsers have: nobody else is there to be spared. */
const BACK_OFF_MILLISECONDS = 50

export interface LiveMessage {
  type: string
  thread?: number
  number?: number
  html?: string
  count?: number
}

/** A window on a thread, as far as the live channel knows it. */
export class LiveWindow {
  readonly messages: LiveMessage[] = []
  closed: number | null = null
  readonly socket: WebSocket

  constructor(socket: WebSocket) {
    this.socket = socket
    socket.on('message', (data) => {
      this.messages.push(JSON.parse(String(data)))
    })
    socket.on('close', (code) => {
      this.closed = code
    })
    socket.on('error', () => {})
  }

  /** The posts that have come, in the order in which they came. */
  get posts(): LiveMessage[] {
    return this.messages.filter(({ type }) => type === 'post')
  }

  get numbers(): number[] {
    return this.posts.map(({ number }) => number ?? 0)
  }

  /** What has become of posts that were there before. */
  get changes(): LiveMessage[] {
    return this.messages.filter(({ type }) => type === 'edited' || type === 'deleted')
  }

  /** Resolves once something is so. */
  until(isSo: () => boolean): Promise<void> {
    return until(isSo)
  }

  say(message: object): void {
    this.socket.send(JSON.stringify(message))
  }
}

interface Opening {
  thread: number
  after: number
  change?: number
  locked?: boolean
  person?: Person
  headers?: Record<string, string>
}

/** Opens a window; answers the status instead when the forum refuses it. */
export async function openLiveWindow(t: Test, origin: string, opening: Opening): Promise<LiveWindow | number> {
  const { thread, after, change, locked, person, headers = {} } = opening
  const known = {
    thread,
    after,
    ...(change === undefined ? {} : { change }),
    ...(locked === undefined ? {} : { locked }),
  }
  const query = new URLSearchParams(Object.entries(known).map(([name, value]) => [name, String(value)]))
  const socket = new WebSocket(`${origin.replace(/^http/, 'ws')}/live?${query}`, {
    headers: { origin, 'accept-language': 'fr', ...(person ? { cookie: person.cookieHeader } : {}), ...headers },
  })
  t.teardown(() => socket.terminate())
  const window = new LiveWindow(socket)
  const { promise, resolve, reject } = Promise.withResolvers<LiveWindow | number>()
  socket.once('open', () => resolve(window))
  socket.once('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0))
  socket.once('error', reject)
  return promise
}

/** The same, for who is sure to be let in. */
export async function follow(t: Test, origin: string, opening: Opening): Promise<LiveWindow> {
  const window = await openLiveWindow(t, origin, opening)
  if (typeof window === 'number') throw new Error(`The live channel answered ${window}`)
  return window
}

/** Follows a thread from its first post on and comes back by itself, with the last number it has, as browsers do. */
export class FaithfulWindow {
  /** Numbers of the posts that have come, in the order in which they came. */
  readonly numbers: number[] = []
  private readonly origins: readonly string[]
  private readonly thread: number
  private attempts = 0
  private ended = false
  private socket: WebSocket | null = null

  /** @param origins the processes that it asks in turn. */
  constructor(t: Test, origins: readonly string[], thread: number) {
    this.origins = origins
    this.thread = thread
    t.teardown(() => {
      this.ended = true
      this.socket?.terminate()
    })
    this.connect()
  }

  /** Resolves once the posts up to a number have come; a process that was killed takes a while to be replaced. */
  until(number: number): Promise<void> {
    return until(() => (this.numbers.at(-1) ?? 0) >= number, 30_000)
  }

  private connect(): void {
    if (this.ended) return
    const origin = this.origins[this.attempts % this.origins.length] ?? ''
    this.attempts += 1
    const address = `${origin.replace(/^http/, 'ws')}/live?thread=${this.thread}&after=${this.numbers.at(-1) ?? 0}`
    this.socket = new WebSocket(address, { headers: { origin } })
    this.socket.on('message', (data) => {
      const { type, number } = JSON.parse(String(data))
      if (type !== 'post') return
      this.numbers.push(number)
    })
    this.socket.on('error', () => {})
    this.socket.on('close', () => setTimeout(() => this.connect(), BACK_OFF_MILLISECONDS))
  }
}
