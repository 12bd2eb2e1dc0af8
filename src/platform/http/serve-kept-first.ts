import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http'
import { decodableUrl } from './decodable-url.ts'

/** Longer than the minute for which proxies keep an idle connection: whoever closes first must not be the one that is sent to. */
const KEEP_ALIVE_MILLISECONDS = 72_000

/** Node's server, which asks `answer` first and hands on to Fastify what it could not answer. */
export function serveKeptFirst(
  answer: (request: IncomingMessage, response: ServerResponse) => boolean,
): (fastify: RequestListener) => Server {
  return (fastify) =>
    createServer(
      { keepAliveTimeout: KEEP_ALIVE_MILLISECONDS, shouldUpgradeCallback: asksForSocket },
      (request, response) => {
        if (answer(request, response)) return
        // Not by Fastify, which would write both addresses to its log.
        request.url = decodableUrl(request.url ?? '/')
        fastify(request, response)
      },
    )
}

/** Any other protocol that is asked for is one that we do not speak, and the request one like all (RFC 9110, 7.8). */
const asksForSocket = ({ url = '', headers }: IncomingMessage): boolean =>
  url.startsWith('/live?') && headers.upgrade?.toLowerCase() === 'websocket'
