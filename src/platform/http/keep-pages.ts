import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Bus } from '../live/bus.ts'
import type { App } from './app.ts'
import { acceptedEncoding, keepPage, variantOf } from './kept-page.ts'
import { type Outdates, PageCache, type Rendering } from './page-cache.ts'
import { chosenLanguage, chosenTheme } from './pages.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The rendering of a page that may be kept; null for all other requests. */
    rendering: Rendering | null
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

/**
 * Answers people without an account out of the cache, before anything else is done, and fills it. A page's handler
 * says in `request.outdates` what will outdate it; nothing about a person is ever in a page that has no member.
 */
export function keepPages(app: App, bus: Bus, sessionCookie: string): void {
  const cache = new PageCache(bus)
  app.decorateRequest('rendering', null)
  app.decorateRequest('outdates', null)

  app.addHook('onRequest', async (request, reply) => {
    if (!request.routeOptions.config.sharedPage || request.cookies[sessionCookie] || !QUERY.test(request.url)) return
    const key = `${chosenLanguage(request)} ${chosenTheme(request) ?? 'auto'} ${request.url}`
    const kept = cache.get(key)
    if (kept) return sendKept(request, reply, kept)
    const underWay = cache.underWay(key)
    if (underWay) {
      await underWay.ended
      const made = cache.get(key)
      if (made) return sendKept(request, reply, made)
    }
    request.rendering = cache.begin(key)
  })

  app.addHook<unknown>('onSend', async (request, reply, payload) => {
    const { rendering, outdates } = request
    if (!rendering) return payload
    const mayBeKept = reply.statusCode === 200 && !reply.hasHeader('set-cookie')
    if (mayBeKept && outdates && typeof payload === 'string') {
      const page = keepPage(payload, headersOf(reply))
      cache.keep(rendering, page, outdates)
      rendering.end()
      const { body, headers } = await variantOf(page, acceptedEncoding(header(request, 'accept-encoding')))
      reply.headers(headers)
      return body
    }
    return payload
  })
  app.addHook('onResponse', async ({ rendering }) => rendering?.end())
  app.addHook('onRequestAbort', async ({ rendering }) => rendering?.end())
}

async function sendKept(request: FastifyRequest, reply: FastifyReply, page: Parameters<typeof variantOf>[0]) {
  const made = variantOf(page, acceptedEncoding(header(request, 'accept-encoding')))
  const { body, headers } = made instanceof Promise ? await made : made
  reply.hijack()
  if (header(request, 'if-none-match') === headers.etag) {
    const { 'content-length': _length, ...others } = headers
    reply.raw.writeHead(304, others)
    reply.raw.end()
  } else {
    reply.raw.writeHead(200, headers)
    reply.raw.end(request.method === 'HEAD' ? undefined : body)
  }
  return reply
}

function header(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name]
  return Array.isArray(value) ? value.join(',') : value
}

function headersOf(reply: FastifyReply): Record<string, string> {
  return Object.fromEntries(Object.entries(reply.getHeaders()).map(([name, value]) => [name, String(value)]))
}
