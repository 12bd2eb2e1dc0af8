import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Cache, PendingEntry } from '../../cache/cache.ts'
import { LANGUAGES, type Language } from '../../text/i18n/languages.ts'
import type { App } from '../app.ts'
import { asksOnion } from '../asked-origin.ts'
import { headerText } from '../header-text.ts'
import { chosenLanguage, chosenTheme, THEMES, type Theme } from '../reader-choices.ts'
import { type IsSignedIn, isAnonymous, maySayWho } from './anonymous.ts'
import { type AnonymousPage, keepPage, markupOf, variantOf } from './kept-page.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The pending entry of a page that may be kept; null for all other requests. */
    pendingPage: PendingEntry<AnonymousPage> | null
    /** Where the page that is being rendered is kept, and what outdates it; null: it is not kept. */
    keptAt: KeptAt | null
    /** No page could be made, and the only reason is the database. */
    failedForNow: boolean
  }
  interface FastifyContextConfig {
    /** Whether all who are not signed in see the same page here, so that it may be kept: see `keep-pages.ts`. */
    sharedPage?: boolean
  }
}

export interface KeptAt {
  /** The page's own address. At another spelling of it, of which anybody may make up any number, it is not kept. */
  path: string
  tags: readonly string[]
}

/** What the application knows and the cache does not. */
export interface KeepingPages {
  isSignedIn: IsSignedIn
  /** Shows a page that was made before to a reader whom no page can be made for now, and says from when it is. */
  asLastKnown: (request: FastifyRequest, markup: string, madeAt: Date) => string
}

/** Where a request's page is kept; null for whoever may be signed in. */
function keyOf(request: IncomingMessage): string | null {
  const { headers } = request
  return maySayWho(headers) ? null : keyOfLook(request, chosenLanguage(headers), chosenTheme(headers) ?? 'auto')
}

const keyOfLook = ({ url = '', headers }: IncomingMessage, language: Language, theme: Theme | 'auto'): string =>
  `${language} ${theme} ${asksOnion(headers) ? 'onion' : 'own'} ${url}`

/**
 * Answers a request with a kept page, and whether it could: before there is anything of Fastify's, because half of the
 * time that a kept page took was spent on what only other requests need.
 */
export function answerKept(
  cache: Cache<AnonymousPage>,
  answered: (route: string, status: number) => void,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  return (request, response) => {
    if (request.method !== 'GET') return false
    const key = keyOf(request)
    const page = key === null ? undefined : cache.get(key)
    if (!page) return false
    answered(page.route, sendPage(request, response, page))
    return true
  }
}

/**
 * Answers a request for which no page can be made now with the page as it is kept for readers of another theme, or else of
 * another language, and whether there was one.
 */
export function answerKeptForOthers(
  cache: Cache<AnonymousPage>,
  answered: (route: string, status: number) => void,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  return (request, response) => {
    const page = inSomeLook(request, (key) => cache.get(key))
    if (!page) return false
    answered(page.route, sendPage(request, response, page))
    return true
  }
}

/** The page as it is found for its reader; or else for readers of another theme, and then of another language. */
function inSomeLook(
  request: IncomingMessage,
  find: (key: string) => AnonymousPage | undefined,
): AnonymousPage | undefined {
  const own = chosenLanguage(request.headers)
  const look = chosenTheme(request.headers) ?? 'auto'
  for (const language of new Set([own, ...LANGUAGES])) {
    for (const theme of new Set([look, 'auto', ...THEMES] as const)) {
      const page = find(keyOfLook(request, language, theme))
      if (page) return page
    }
  }
  return undefined
}

/**
 * Fills the cache. A page's handler says in `request.keptAt` what will outdate it. Who asks for a page that is being
 * rendered waits for it some seconds. While the database is away, the last page that was kept, or that a replica still knows, is
 * shown and says so: to members too, whom nobody can recognise then, as everybody sees it.
 */
export function keepPages(app: App, cache: Cache<AnonymousPage>, { isSignedIn, asLastKnown }: KeepingPages): void {
  app.decorateRequest('pendingPage', null)
  app.decorateRequest('keptAt', null)
  app.decorateRequest('failedForNow', false)

  app.addHook('onRequest', async (request, reply) => {
    if (!request.routeOptions.config.sharedPage) return
    const key = keyOf(request.raw)
    if (key === null) return
    const { value, entry } = await cache.getOrBegin(key)
    if (entry) {
      request.pendingPage = entry
      // Aborted while it waited: no hook will end the entry.
      if (request.raw.socket.destroyed) entry.end()
      return
    }
    reply.hijack()
    sendPage(request.raw, reply.raw, value)
    return reply
  })

  app.addHook<unknown>('onSend', async (request, reply, payload) => {
    const { pendingPage, keptAt, lastKnown } = request
    const known = request.failedForNow && reply.statusCode === 503 ? lastKept(request) : undefined
    if (known) {
      pendingPage?.end()
      reply.code(200).removeHeader('retry-after').headers(from(known.madeAt))
      return asLastKnown(request, markupOf(known), known.madeAt)
    }
    if (lastKnown && reply.statusCode === 200 && typeof payload === 'string') {
      pendingPage?.end()
      reply.headers(from(lastKnown.at))
      return asLastKnown(request, payload, lastKnown.at)
    }
    if (!pendingPage) return payload
    if (typeof payload !== 'string' || !isAnonymous(request, reply, isSignedIn)) {
      pendingPage.end()
      return payload
    }
    if (reply.statusCode !== 200 || keptAt?.path !== request.raw.url) {
      pendingPage.end()
      return payload
    }
    const page = keepPage(request, request.routeOptions.url ?? '', payload, headersOf(reply))
    cache.keep(pendingPage, page, keptAt?.tags ?? [])
    const { body, headers } = variantOf(page, headerText(request.headers['accept-encoding']))
    reply.headers(headers)
    return Buffer.from(body, 'latin1')
  })

  function lastKept({ raw, method, routeOptions }: FastifyRequest): AnonymousPage | undefined {
    if (method !== 'GET' || !routeOptions.config.sharedPage) return undefined
    return inSomeLook(raw, (key) => cache.get(key) ?? cache.lastKnown(key))
  }

  app.addHook('onResponse', async ({ pendingPage }) => pendingPage?.end())
  app.addHook('onRequestAbort', async ({ pendingPage }) => pendingPage?.end())
}

/** What tells programs that an answer is not of now (RFC 9111, 5.1). */
const from = (madeAt: Date): Record<string, string> => ({
  'cache-control': 'no-store',
  age: String(Math.max(0, Math.round((Date.now() - madeAt.getTime()) / 1_000))),
})

/** Answers the status: 200, or 304 for who has the page already. */
function sendPage(request: IncomingMessage, response: ServerResponse, page: AnonymousPage): number {
  const { body, headers } = variantOf(page, headerText(request.headers['accept-encoding']))
  if (request.headers['if-none-match']?.includes(`"${page.hash}-`)) {
    const { 'content-length': _length, ...others } = headers
    response.writeHead(304, others).end()
    return 304
  }
  response.writeHead(200, headers)
  response.end(body, 'latin1')
  return 200
}

function headersOf(reply: FastifyReply): Record<string, string> {
  return Object.fromEntries(Object.entries(reply.getHeaders()).map(([name, value]) => [name, String(value)]))
}
