import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'
import { isThisMachine } from '../http/network-of.ts'
import type { Language } from '../text/i18n/languages.ts'
import type { HubLimits } from './hub-limits.ts'

/** One window that is connected. */
export interface LiveClient {
  readonly socket: WebSocket
  /** What the socket writes to: frames that many share go there as they are. */
  readonly stream: Socket
  readonly language: Language
  /** Null for people without an account. */
  readonly memberId: number | null
  /** By which their windows are counted; null for people without an account. */
  readonly sessionId: string | null
  /** By which the windows of people without an account are counted: see `networkOf`. */
  readonly network: string
  /** Whether they follow what is closed to others: moderators do. */
  readonly seesRemoved: boolean
  alive: boolean
  /** When the window last took something, and how many bytes it had taken by then. */
  taken: { bytes: number; at: number } | null
  /** Called once, when the window is gone. */
  left: () => void
}

/** How many windows are written to before others get their turn. */
const CLIENTS_PER_TURN = 500

/** IANA's list of RFC 6455 close codes: the service restarts. Clients come back after a while of their own choosing. */
export const RESTARTING = 1012
/** The same list: try again later, there is no room. */
const TRY_AGAIN_LATER = 1013

/** All windows connected to this process: who may come in, who is still there, and who is too slow to stay. */
export class Hub {
  private readonly clients = new Map<WebSocket, LiveClient>()
  private readonly perSession = new Counter<string>()
  private readonly perNetwork = new Counter<string>()
  private readonly ofMembers = new Map<number, Set<LiveClient>>()
  private readonly limits: HubLimits
  private readonly timers: NodeJS.Timeout[]
  private strangers = 0

  constructor(limits: HubLimits) {
    this.limits = limits
    this.timers = [
      setInterval(() => void this.checkWhoIsThere(), limits.heartbeatMilliseconds).unref(),
      setInterval(() => this.endWhoTakesNothing(), limits.idleMilliseconds / 3).unref(),
    ]
  }

  get size(): number {
    return this.clients.size
  }

  /** All windows of this process. */
  windows(): Iterable<LiveClient> {
    return this.clients.values()
  }

  /** Whether there is room for one more window: of a session, or of somebody without an account. */
  hasRoomFor({ sessionId, network }: Pick<LiveClient, 'sessionId' | 'network'>): boolean {
    const { total, strangers, perSession, perNetwork, perOwnMachine } = this.limits
    if (this.clients.size >= total) return false
    if (sessionId !== null) return this.perSession.of(sessionId) < perSession
    const most = isThisMachine(network) ? perOwnMachine : perNetwork
    return this.strangers < strangers && this.perNetwork.of(network) < most
  }

  /** Lets a window in; false where others were quicker and there is no room left: it is told to try again later. */
  add(client: LiveClient): boolean {
    const { socket } = client
    if (!this.hasRoomFor(client)) {
      socket.close(TRY_AGAIN_LATER)
      return false
    }
    this.clients.set(socket, client)
    this.count(client, 1)
    socket.on('pong', this.heard)
    socket.on('close', this.gone)
    // A broken connection closes too; without a listener it would end the process.
    socket.on('error', ignore)
    return true
  }

  /** Writes a frame to a window, or ends it when it has not taken what it was sent before. */
  write({ socket, stream }: LiveClient, frame: Buffer): void {
    if (socket.readyState !== socket.OPEN) return
    if (stream.writableLength > this.limits.waiting) socket.terminate()
    else stream.write(frame)
  }

  /** Whether these may all be written to a reader at once. */
  mayWait(frames: readonly Buffer[]): boolean {
    return frames.reduce((sum, { length }) => sum + length, 0) <= this.limits.waiting
  }

  /** Writes a frame to a window that has taken what it was sent before, for as long as it is there. */
  async writeOnceTaken({ socket, stream }: LiveClient, frame: Buffer): Promise<void> {
    if (stream.writableNeedDrain) await takenOrGone(stream)
    if (socket.readyState === socket.OPEN) stream.write(frame)
  }

  /** Writes to many windows, each in its language, giving others a turn now and then. */
  async broadcast(clients: Iterable<LiveClient>, frameIn: (language: Language) => Buffer): Promise<void> {
    let written = 0
    for (const client of clients) {
      this.write(client, frameIn(client.language))
      written += 1
      if (written % CLIENTS_PER_TURN === 0) await nextTurn()
    }
  }

  /** Ends some of the windows: whoever may still follow comes back. */
  endThose(which: (client: LiveClient) => boolean): void {
    for (const client of this.clients.values()) if (which(client)) client.socket.close(RESTARTING)
  }

  /** Ends a member's windows: whoever may still follow comes back. */
  endThoseOf(member: number): void {
    for (const { socket } of this.ofMembers.get(member) ?? []) socket.close(RESTARTING)
  }

  /** Tells every window to come back later, and lets none wait for it. */
  close(): void {
    for (const timer of this.timers) clearInterval(timer)
    for (const { socket } of this.clients.values()) socket.close(RESTARTING)
  }

  /** Ends the windows that have said nothing since they were last asked, and asks the others. */
  private async checkWhoIsThere(): Promise<void> {
    let asked = 0
    for (const client of this.clients.values()) {
      if (!client.alive) client.socket.terminate()
      else {
        client.alive = false
        client.socket.ping()
      }
      asked += 1
      if (asked % CLIENTS_PER_TURN === 0) await nextTurn()
    }
  }

  /** A pong says only that somebody is there, not that they read. */
  private endWhoTakesNothing(): void {
    const now = performance.now()
    for (const client of this.clients.values()) {
      const { stream, taken, socket } = client
      const bytes = stream.bytesWritten - stream.writableLength
      if (stream.writableLength === 0) client.taken = null
      else if (taken?.bytes !== bytes) client.taken = { bytes, at: now }
      else if (now - taken.at >= this.limits.idleMilliseconds) socket.terminate()
    }
  }

  private count(client: LiveClient, by: 1 | -1): void {
    const { sessionId, network, memberId } = client
    if (sessionId !== null) this.perSession.add(sessionId, by)
    else {
      this.strangers += by
      this.perNetwork.add(network, by)
    }
    if (memberId === null) return
    const windows = this.ofMembers.get(memberId) ?? new Set()
    if (by === 1) this.ofMembers.set(memberId, windows.add(client))
    else if (windows.delete(client) && windows.size === 0) this.ofMembers.delete(memberId)
  }

  private readonly heard = bySocket((socket) => {
    const client = this.clients.get(socket)
    if (client) client.alive = true
  })

  private readonly gone = bySocket((socket) => {
    const client = this.clients.get(socket)
    if (!client) return
    this.clients.delete(socket)
    this.count(client, -1)
    client.left()
  })
}

/** How many there are of each; of those that there are none, nothing stays. */
class Counter<Key> {
  private readonly counts = new Map<Key, number>()

  of(key: Key): number {
    return this.counts.get(key) ?? 0
  }

  add(key: Key, by: 1 | -1): void {
    const count = this.of(key) + by
    if (count > 0) this.counts.set(key, count)
    else this.counts.delete(key)
  }
}

/** One listener for all sockets instead of one closure for each: there are thousands. */
function bySocket(listener: (socket: WebSocket) => void): (this: WebSocket) => void {
  return function () {
    listener(this)
  }
}

function takenOrGone(stream: Duplex): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  stream.once('drain', resolve).once('close', resolve)
  return promise.finally(() => stream.off('drain', resolve).off('close', resolve))
}

const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve))
const ignore = () => {}
