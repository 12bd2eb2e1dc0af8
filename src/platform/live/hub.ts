import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'
import type { Language } from '../i18n/languages.ts'

/** One window that is connected. */
export interface LiveClient {
  readonly socket: WebSocket
  /** What the socket writes to: frames that many share go there as they are. */
  readonly stream: Duplex
  readonly language: Language
  /** Null for people without an account. */
  readonly memberId: number | null
  /** By which their windows are counted; null for people without an account. */
  readonly sessionId: string | null
  /** Whether they follow what is closed to others: moderators do. */
  readonly seesRemoved: boolean
  alive: boolean
  /** Called once, when the window is gone. */
  left: () => void
}

export interface HubLimits {
  /** Windows in this process. */
  total: number
  /** Windows of one session. */
  perSession: number
  /** Bytes that may wait for a reader who does not take them. */
  waiting: number
  /** How often each window is asked whether it is still there. */
  heartbeatMilliseconds: number
}

export const HUB_LIMITS: HubLimits = {
  total: 20_000,
  perSession: 20,
  waiting: 512 * 1_024,
  heartbeatMilliseconds: 30_000,
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
  private readonly perSession = new Map<string, number>()
  private readonly limits: HubLimits
  private readonly heartbeat: NodeJS.Timeout

  constructor(limits: HubLimits = HUB_LIMITS) {
    this.limits = limits
    this.heartbeat = setInterval(() => void this.checkWhoIsThere(), limits.heartbeatMilliseconds).unref()
  }

  get size(): number {
    return this.clients.size
  }

  /** All windows of this process. */
  windows(): Iterable<LiveClient> {
    return this.clients.values()
  }

  /** Whether there is room for one more window of a session. */
  hasRoomFor(sessionId: string | null): boolean {
    if (this.clients.size >= this.limits.total) return false
    return sessionId === null || (this.perSession.get(sessionId) ?? 0) < this.limits.perSession
  }

  /** Lets a window in; false where others were quicker and there is no room left: it is told to try again later. */
  add(client: LiveClient): boolean {
    const { socket, sessionId } = client
    if (!this.hasRoomFor(sessionId)) {
      socket.close(TRY_AGAIN_LATER)
      return false
    }
    this.clients.set(socket, client)
    if (sessionId) this.perSession.set(sessionId, (this.perSession.get(sessionId) ?? 0) + 1)
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

  /** Tells every window to come back later, and lets none wait for it. */
  close(): void {
    clearInterval(this.heartbeat)
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

  private readonly heard = bySocket((socket) => {
    const client = this.clients.get(socket)
    if (client) client.alive = true
  })

  private readonly gone = bySocket((socket) => {
    const client = this.clients.get(socket)
    if (!client) return
    this.clients.delete(socket)
    const { sessionId } = client
    const left = sessionId ? (this.perSession.get(sessionId) ?? 1) - 1 : 0
    if (sessionId && left > 0) this.perSession.set(sessionId, left)
    else if (sessionId) this.perSession.delete(sessionId)
    client.left()
  })
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
