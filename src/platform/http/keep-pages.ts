import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyReply } from 'fastify'
import type { Cache, Making, Outdates } from '../live/cache.ts'
import type { App } from './app.ts'
import { headerText } from './header-text.ts'
import { type KeptPage, keepPage, variantOf } from './kept-page.ts'
import { chosenLanguage, chosenTheme, cookieOf } from './reader-choices.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The rendering of a page that may be kept; null for all other requests. */
    rendering: Making | null
    /** What outdates the page that is being rendered; null: it is not kept. */
    outdates: readonly Outdates[] | null
  }
  interface FastifyContextConfig {
    /** Whether people without an account all see the same page here, so that it may be kept: see `keep-pages.ts`. */
    sharedPage?: boolean
  }
}

/** The parts of a query that make another page; with any other, a page is rendered for itself. */
const QUERY = /^\/[^?]*(\?((page|before|sort)=[\w.]*(&|$))*)?$/

/** Where a request's page is kept; null for members, and for addresses that anybody may make up. */
function keyOf({ url = '', headers }: IncomingMessage, sessionCookie: string): string | null {
  if (cookieOf(headers.cookie, sessionCookie) !== undefined || !QUERY.test(url)) return null
  return `${chosenLanguage(headers)} ${chosenTheme(headers) ?? 'auto'} ${url}`
}

/**
 * Answers a request with a kept page, and whether it could: before there is anything of Fastify's, because half of the
 * time that a kept page took was spent on what only other requests need.
 */
export function answerKept(
  cache: Cache<KeptPage>,
  sessionCookie: string,
  answered: (route: string, status: number) => void,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  return (request, response) => {
    if (request.method !== 'GET') return false
    const key = keyOf(request, sessionCookie)
    const page = key === null ? undefined : cache.get(key)
    if (!page) return false
    answered(page.route, sendPage(request, response, page))
    return true
  }
}

/**
 * Fills the cache. A page's handler says in `request.outdates` what will outdate it; nothing about a person is ever in
 * a page that has no member. Who asks for a page that is being rendered waits for it.
 */
export function keepPages(app: App, cache: Cache<KeptPage>, sessionCookie: string): void {
  app.decorateRequest('rendering', null)
  app.decorateRequest('outdates', null)

  app.addHook('onRequest', async (request, reply) => {
    if (!request.routeOptions.config.sharedPage) return
    const key = keyOf(request.raw, sessionCookie)
    if (key === null) return
    const underWay = cache.underWay(key)
    await underWay?.ended
    const kept = cache.get(key)
    if (kept) {
      reply.hijack()
      sendPage(request.raw, reply.raw, kept)
      return reply
    }
    request.rendering = cache.begin(key)
  })

  app.addHook<unknown>('onSend', async (request, reply, payload) => {
    const { rendering, outdates } = request
    const mayBeKept = reply.statusCode === 200 && !reply.hasHeader('set-cookie')
    if (!rendering || !mayBeKept || !outdates || typeof payload !== 'string') return payload
    const page = keepPage(request.routeOptions.url ?? '', payload, headersOf(reply))
    cache.keep(rendering, page, outdates)
    rendering.end()
    const { body, headers } = variantOf(page, headerText(request.headers['accept-encoding']))
    reply.headers(headers)
    return Buffer.from(body, 'latin1')
  })
  app.addHook('onResponse', async ({ rendering }) => rendering?.end())
  app.addHook('onRequestAbort', async ({ rendering }) => rendering?.end())
}

/** Answers the status: 200, or 304 for who has the page already. */
function sendPage(request: IncomingMessage, response: ServerResponse, page: KeptPage): number {
  const { body, headers } = variantOf(page, headerText(request.headers['accept-encoding']))
  if (request.headers['if-none-match']?.includes(`"${page.hash}-`)) {
    const { 'content-length': _length, ...others } = headers
    response.writeHead(304, others).end()
    return 304
  }
  response.writeHead(200, headers)
  if (request.method === 'HEAD') response.end()
  else response.end(body, 'latin1')
  return 200
}

function headersOf(reply: FastifyReply): Record<string, string> {
  return Object.fromEntries(Object.entries(reply.getHeaders()).map(([name, value]) => [name, String(value)]))
}
