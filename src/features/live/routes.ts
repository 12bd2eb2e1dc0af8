import { once } from 'node:events'
import websocket from '@fastify/websocket'
import type { FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import type { WebSocket, WebSocketServer } from 'ws'
import type { Forum } from '../../platform/forum.ts'
import type { App } from '../../platform/http/app.ts'
import { notAllowed, notFound, Problem } from '../../platform/http/errors.ts'
import { isSameOrigin } from '../../platform/http/origin-check.ts'
import { Id } from '../../platform/http/shapes.ts'
import type { LiveClient } from '../../platform/live/hub.ts'
import { mayModerate, maySeeThread } from '../moderation/permissions.ts'
import { threadById } from '../threads/queries.ts'
import { LiveThreads } from './live-threads.ts'

const Follow = Type.Object({
  thread: Id,
  /** The last number that the window has. */
  after: Type.Integer({ minimum: 0, maximum: 2 ** 31 - 1 }),
  /** The last change that it knows of: edits and deletions after it are told too. */
  change: Type.Optional(Type.Integer({ minimum: 0, maximum: 2 ** 31 - 1 })),
})
type Follow = Static<typeof Follow>

/** All that a window has to say is how far its reader has come. */
const LARGEST_MESSAGE = 256

/** How long windows have to take their leave when the forum stops. */
const FAREWELL_MILLISECONDS = 1_000

/** The live channel: what is said in a thread, as it is said. */
export async function liveRoutes(app: App, forum: Forum): Promise<void> {
  const live = new LiveThreads(forum)
  await app.register(websocket, {
    errorHandler: endFailed,
    options: { maxPayload: LARGEST_MESSAGE, perMessageDeflate: false },
    preClose: async () => {
      live.close()
      await farewell(app.websocketServer)
    },
  })

  app.get<{ Querystring: Follow }>(
    '/live',
    { schema: { querystring: Follow }, websocket: true, preValidation: mayConnect, preHandler: mayFollow },
    (socket, request) => {
      const { thread, after, change } = request.query
      return live.follow(clientOf(socket, request), thread, { after, change: change ?? null })
    },
  )

  async function mayConnect(request: FastifyRequest): Promise<void> {
    if (!request.ws) throw notFound()
    if (!isSameOrigin(request, forum.config.origin)) throw notAllowed('errors.other_site')
    mustHaveRoom(request)
  }

  async function mayFollow(request: FastifyRequest<{ Querystring: Follow }>): Promise<void> {
    const thread = await threadById(forum.database, request.query.thread)
    if (!thread || !maySeeThread(request.member, thread)) throw notFound('threads.not_found')
    // Others may have come in while the thread was looked up.
    mustHaveRoom(request)
  }

  function mustHaveRoom({ session }: FastifyRequest): void {
    if (!live.hub.hasRoomFor(session?.id ?? null)) throw new Problem(503, 'errors.busy', { retryAfter: 30 })
  }
}

/** What somebody sends that is no frame of ours (`ws` names it) is theirs, and no fault for the log. */
function endFailed(err: Error, socket: WebSocket, request: FastifyRequest): void {
  const theirs = 'code' in err && String(err.code).startsWith('WS_ERR_')
  if (!theirs) request.log.error({ err, route: request.routeOptions.url ?? null }, 'failed')
  socket.terminate()
}

function clientOf(socket: WebSocket, request: FastifyRequest): LiveClient {
  return {
    socket,
    stream: request.raw.socket,
    language: request.page.language,
    memberId: request.member?.id ?? null,
    sessionId: request.session?.id ?? null,
    seesRemoved: mayModerate(request.member),
    alive: true,
    left: () => {},
  }
}

/** Waits until all windows have taken their leave, and ends those that take too long. */
async function farewell(server: WebSocketServer): Promise<void> {
  const closed = [...server.clients].map((socket) => once(socket, 'close'))
  const timer = setTimeout(() => {
    for (const socket of server.clients) socket.terminate()
  }, FAREWELL_MILLISECONDS)
  await Promise.all(closed)
  clearTimeout(timer)
}
