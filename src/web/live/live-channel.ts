import { once } from 'node:events'
import websocket from '@fastify/websocket'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import type { WebSocket, WebSocketServer } from 'ws'
import { findThread } from '../../forum/discussion/find-thread.ts'
import type { Forum } from '../../forum/forum.ts'
import { mayModerate } from '../../forum/members/permissions.ts'
import { switched } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { networkOf } from '../../platform/http/network-of.ts'
import { isSameOrigin } from '../../platform/http/origin-check.ts'
import type { LiveClient } from '../../platform/live/hub.ts'
import type { Metrics } from '../../platform/metrics/metrics.ts'
import { notAllowed, notFound, Problem } from '../../platform/problem.ts'
import { FairQueue } from '../../platform/rate-limits/fair-queue.ts'
import { countTurn, waitForTurns } from '../limit-requests.ts'
import { Id } from '../shapes.ts'
import { LiveThreads } from './live-threads.ts'

const Follow = Type.Object({
  thread: Id,
  /** The number of the last post that the window shows. */
  after: Type.Integer({ minimum: 0, maximum: 2 ** 31 - 1 }),
  /** The number of the last change that it knows. Later edits and deletions are sent too. */
  change: Type.Optional(Type.Integer({ minimum: 0, maximum: 2 ** 31 - 1 })),
  /** Whether its page shows the thread as locked. A message is sent if that has changed. */
  locked: Type.Optional(Type.Boolean()),
})
type Follow = Static<typeof Follow>

declare module 'fastify' {
  interface FastifyRequest {
    /** The state of the thread when the window asked to follow it. */
    followed: { changeNumber: number; locked: boolean } | null
  }
}

/** In bytes. A window only says how far its member has read. */
const LARGEST_MESSAGE = 256

/**
 * Windows enter one after the other, so that thousands at once do not take the database away from readers. Each needs
 * two short statements; `longest` bounds the delay when one of them hangs.
 */
const ENTERING = { atOnce: 1, waiting: 2_000, longest: 1_000 }

/** How long windows get to close when the forum stops. */
const FAREWELL_MILLISECONDS = 1_000

/** The live channel: sends new posts and changes of a thread to open windows. */
export async function liveRoutes(app: App, forum: Forum, metrics: Metrics): Promise<void> {
  const live = new LiveThreads(forum)
  // Two queues, so that many strangers cannot delay members.
  const [entranceOfMembers, entrance] = [new FairQueue(ENTERING), new FairQueue(ENTERING)]
  metrics.watch({
    helps: { contrechamp_live_sockets: 'Windows that follow a thread live in this process.' },
    read: () => ({ contrechamp_live_sockets: live.hub.size }),
  })
  await app.register(websocket, {
    options: { maxPayload: LARGEST_MESSAGE, perMessageDeflate: false },
    preClose: async () => {
      live.close()
      await farewell(app.websocketServer)
    },
    errorHandler: logUnlessTheirs,
  })

  app.decorateRequest('followed', null)
  app.get<{ Querystring: Follow }>(
    '/live',
    {
      schema: { querystring: Follow, response: { 101: switched } },
      websocket: true,
      preValidation: mayConnect,
      preHandler: mayFollow,
    },
    (socket, request) => {
      const { thread, after, change, locked } = request.query
      const { followed } = request
      // A window that does not say where it stands starts from the state when it asked. Changes since then are sent.
      return live.follow(clientOf(socket, request), thread, {
        after,
        change: change ?? followed?.changeNumber ?? 0,
        locked: locked ?? followed?.locked ?? false,
      })
    },
  )

  async function mayConnect(request: FastifyRequest): Promise<void> {
    if (!request.ws) throw notFound()
    if (!isSameOrigin(request, forum.config.origin)) throw notAllowed('errors.other_site')
    mustHaveRoom(request)
    const crowded = await enter(request, () => countTurn(forum, 'live', request))
    // Outside the queue: a crowded network may wait seconds, and must not hold up the others.
    await waitForTurns(crowded)
  }

  async function mayFollow(request: FastifyRequest<{ Querystring: Follow }>, reply: FastifyReply): Promise<void> {
    const { query, member } = request
    const thread = await enter(request, () => findThread(forum, query.thread, member))
    request.followed = { changeNumber: thread.changeNumber, locked: thread.lockedAt !== null }
    // The limit may be reached by now, because others entered during the await.
    mustHaveRoom(request)
    const requestedAt = performance.now() - reply.elapsedTime
    if (request.member && live.memberChanges.since(request.member.id, requestedAt)) {
      throw new Problem(503, 'errors.busy', { retryAfter: 1 })
    }
  }

  const enter = <Result>({ member, ip }: FastifyRequest, look: () => Promise<Result>): Promise<Result> =>
    member ? entranceOfMembers.run(String(member.id), look) : entrance.run(networkOf(ip), look)

  function mustHaveRoom({ session, ip }: FastifyRequest): void {
    const sessionId = session?.id ?? null
    if (!live.hub.hasRoomFor({ sessionId, network: networkOf(ip) })) {
      throw new Problem(503, 'errors.busy', { retryAfter: 30 })
    }
  }
}

function clientOf(socket: WebSocket, request: FastifyRequest): LiveClient {
  return {
    socket,
    stream: request.raw.socket,
    language: request.page.language,
    memberId: request.member?.id ?? null,
    sessionId: request.session?.id ?? null,
    network: networkOf(request.ip),
    seesRemoved: mayModerate(request.member),
    alive: true,
    taken: null,
    left: () => {},
  }
}

/**
 * Logs a socket error unless the window caused it with an invalid or too long frame. `ws` has closed that socket
 * already.
 */
function logUnlessTheirs(error: Error, socket: WebSocket, { log }: FastifyRequest): void {
  const theirs = 'code' in error && /^(WS_ERR_|ECONNRESET|EPIPE)/.test(String(error.code))
  if (!theirs) log.error({ err: error }, 'a live window failed')
  socket.terminate()
}

/** Waits until all windows have closed, and terminates those that are too slow. */
async function farewell(server: WebSocketServer): Promise<void> {
  const closed = [...server.clients].map((socket) => once(socket, 'close'))
  const timer = setTimeout(() => {
    for (const socket of server.clients) socket.terminate()
  }, FAREWELL_MILLISECONDS)
  await Promise.all(closed)
  clearTimeout(timer)
}
