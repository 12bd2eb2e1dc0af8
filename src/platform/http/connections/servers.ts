import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http'
import type { FastifyBaseLogger } from 'fastify'
import type { App } from '../app.ts'
import { occasionally } from '../occasionally.ts'
import { decodableUrl } from './decodable-url.ts'
import { roomForConnections } from './descriptors.ts'
import { inTurn } from './in-turn.ts'
import { type Answers, type ConnectionLimits, limitConnections } from './limit-connections.ts'
import type { Trusts } from './trusted-proxies.ts'

/** Longer than the minute for which proxies keep an idle connection: if this side closed first, a request could be lost on the way. */
const KEEP_ALIVE_MILLISECONDS = 72_000
/** A request's head is a few packets … */
const LONGEST_HEAD_MILLISECONDS = 20_000
/** … and the largest form takes five minutes at 8 kB a second. */
const LONGEST_REQUEST_MILLISECONDS = 300_000
const CHECKING_MILLISECONDS = 5_000

/** The forum's two doors. Both lead to the same application. */
export interface Servers {
  /** Makes the server that everybody reaches, directly or through a proxy. */
  factory: (fastify: RequestListener) => Server
  /** The server that an onion service leads to: it believes no header about where a request came from. */
  onion: Server
}

/**
 * Ends the connections of those who wanted a live channel and were refused, wherever that was: they are no longer HTTP's,
 * none of whose times ends them.
 */
export function endRefusedUpgrades(app: App): void {
  app.addHook('onResponse', async ({ raw }) => {
    if ('upgrade' in raw && raw.upgrade === true) raw.socket.destroySoon()
  })
}

/** What a proxy says of whom it speaks for. */
const FORWARDED = ['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'forwarded']

declare module 'fastify' {
  interface FastifyInstance {
    /** Listens only where `ONION_PORT` says so. */
    onionServer: Server
  }
}

export interface ServerSettings {
  /** Null: no onion service leads here. */
  onionPort: number | null
  /** Connections that this process opens itself. */
  ownConnections: number
}

/** @param answer asked first, before there is anything of Fastify's; answers whether it could. */
export function openServers(
  settings: ServerSettings,
  trusts: Trusts,
  answer: (request: IncomingMessage, response: ServerResponse) => boolean,
  log: FastifyBaseLogger,
): Servers {
  const all = roomForConnections(settings.ownConnections)
  const room = settings.onionPort === null ? { main: all, onion: 0 } : { main: all / 2, onion: all / 2 }
  const answers: Answers = new WeakMap()
  let fastify: RequestListener = () => {}
  let main: Server | null = null
  const refused = occasionally((reason: keyof typeof REFUSALS) => log.warn({ reason }, REFUSALS[reason]))

  const listener = inTurn((request, response) => {
    answers.set(request.socket, { request, response, since: performance.now() })
    // Node has noted already that no body goes with this answer; all else is as for GET (RFC 9110, 9.3.2).
    if (request.method === 'HEAD') request.method = 'GET'
    // Nothing of ours reads it, and Node would read it without end, as fast as it comes (RFC 9110, 9.3.1).
    if (request.method === 'GET' && hasBody(request)) response.shouldKeepAlive = false
    if (answer(request, response)) return
    // Not by Fastify, which would write both addresses to its log.
    request.url = decodableUrl(request.url ?? '/')
    fastify(request, response)
  })
  /** Whatever else somebody wants to change to (RFC 9110, 7.8), or too early, is answered as if they had not asked. */
  const mayUpgrade = ({ method, url = '', headers, socket }: IncomingMessage): boolean => {
    if (method !== 'GET' || !url.startsWith('/live?') || headers.upgrade?.toLowerCase() !== 'websocket') return false
    const before = answers.get(socket)
    return !before || before.response.writableFinished
  }
  const open = (onRequest: RequestListener, limits: Omit<ConnectionLimits, 'refused'>): Server => {
    const server = createServer({ ...TIMES, shouldUpgradeCallback: mayUpgrade }, onRequest)
    limitConnections(server, { ...limits, refused }, answers)
    // Without a listener, a connection that the system could not hand over would end the process. Who starts to listen
    // is told otherwise.
    server.on('error', (err) => {
      if (server.listening) log.error({ err }, 'a connection could not be taken')
    })
    return server
  }

  const onion = open((request, response) => listener(believeNothing(request), response), {
    most: room.onion,
    trusts: () => true,
  })
  onion.on('upgrade', (request, socket, head) => main?.emit('upgrade', believeNothing(request), socket, head))
  return {
    factory(handler) {
      fastify = handler
      main = open(listener, { most: room.main, trusts })
      return main
    },
    onion,
  }
}

/** Opens and closes the onion service's server with the application. */
export function serveOnion(app: App, onion: Server): void {
  app.decorate('onionServer', onion)
  let closed = Promise.resolve()
  app.addHook('preClose', async () => {
    closed = new Promise((done) => onion.close(() => done()))
    onion.closeIdleConnections()
  })
  app.addHook('onClose', () => closed)
}

const TIMES = {
  keepAliveTimeout: KEEP_ALIVE_MILLISECONDS,
  headersTimeout: LONGEST_HEAD_MILLISECONDS,
  requestTimeout: LONGEST_REQUEST_MILLISECONDS,
  connectionsCheckingInterval: CHECKING_MILLISECONDS,
}

const REFUSALS = {
  full: 'no room for another connection',
  address: 'too many connections of one address; where that is a proxy, TRUSTED_PROXIES must name it',
}

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0

function believeNothing(request: IncomingMessage): IncomingMessage {
  for (const name of FORWARDED) delete request.headers[name]
  return request
}
