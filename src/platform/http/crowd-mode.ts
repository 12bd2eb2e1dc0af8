import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Problem } from '../problem.ts'
import { type Budget, openBudget } from '../rate-limits/budget.ts'
import { FairQueue } from '../rate-limits/fair-queue.ts'
import { networkDigest, networkDigests } from '../rate-limits/rate-limits.ts'
import type { Language } from '../text/i18n/languages.ts'
import { translator } from '../text/i18n/translate.ts'
import type { App } from './app.ts'
import { barePage } from './bare-page.ts'
import { maySayWho } from './kept/anonymous.ts'
import { isThisMachine, networkOf } from './network-of.ts'
import { chosenLanguage } from './reader-choices.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Ends the turn of a stranger's page that is being made; null for all other requests. */
    endTurn: (() => void) | null
  }
}

/** What a page costs at the least, so that how many there may be does not hang on how quick a machine is. */
const LEAST_MILLISECONDS = 5
/**
 * … and at the most: on a machine that is slow, or has just started, a dozen pages would else be a crowd, though each only
 * waited for its turn. What costs more is still made two at once.
 */
const MOST_MILLISECONDS = 50
/** All strangers who come from outside: fifty pages a second, two hundred at once after a quiet time. */
const OUTSIDE = { most: 1_000, over: 4_000 }
/** All who come by an onion service, whom nobody outside takes anything from. */
const ONION = { most: 1_000, over: 8_000 }
/** One network: ten pages a second, a hundred at once. A Tor exit or a library is one. */
const NETWORK = { most: 500, over: 10_000 }
/** The /56 of an IPv6 address, which may be many households. */
const WIDER = { most: 1_000, over: 5_000 }
/** Strangers' pages that are made at once: members always find a connection to the database, and few go before them. */
const AT_ONCE = { atOnce: 2, waiting: 100 }
/** What strangers are told when it is all of them together who ask for too much. */
const SECONDS_UNTIL_QUIET = 30

type Door = 'outside' | 'onion'

interface Share {
  budget: Budget
  owner: string
}

type AnswerKept = (request: IncomingMessage, response: ServerResponse) => boolean

export interface CrowdSettings {
  /** Off: nothing is counted. */
  rateLimits: boolean
  /** Whether an address costs next to nothing, or must be open to everybody always: the login, say. */
  isLight: (url: string) => boolean
  /** Answers with the page as it is kept for others, and whether there was one: before Fastify, where it is counted … */
  answerAnotherLook: AnswerKept
  /** … and after, where all requests are. */
  answerAnotherLookLate: AnswerKept
  /** Headers of a refusal. */
  headers: Record<string, string>
  /** Called with each refusal that is made before there is anything of Fastify's. */
  refused: () => void
  /** Called whenever strangers ask for more than there is for all of them. */
  crowded: (door: Door) => void
}

/**
 * Keeps members' pages quick while a crowd of strangers asks for pages that are not kept. Their making has a budget of time
 * for each network and one for all; beyond, a stranger gets the kept page where there is one, else 429. In memory, and of
 * each process: a write for each page read would be the greater cost.
 */
export class CrowdMode {
  private readonly settings: CrowdSettings
  private readonly doors = { outside: openBudget(OUTSIDE), onion: openBudget(ONION) }
  private readonly network = openBudget(NETWORK)
  private readonly wider = openBudget(WIDER)
  private readonly queue = new FairQueue(AT_ONCE)
  private readonly page = barePage(429, 'errors.crowd', { seconds: SECONDS_UNTIL_QUIET })

  constructor(settings: CrowdSettings) {
    this.settings = settings
  }

  /**
   * Answers who cannot be a member while all strangers together ask for too much, and whether it did: before there is
   * anything of Fastify's, because a refusal that takes as long as a page would protect nobody.
   */
  refuseEarly(request: IncomingMessage, response: ServerResponse): boolean {
    const { method, url = '', headers } = request
    if (!this.settings.rateLimits || method !== 'GET' || maySayWho(headers) || this.settings.isLight(url)) return false
    const door = doorOf(request)
    if (this.doors[door].secondsUntil(door) === 0) return false
    this.settings.crowded(door)
    if (!this.settings.answerAnotherLook(request, response)) this.refuse(request, response)
    return true
  }

  /** Has strangers' pages wait for their turn, and counts the time that they take. Comes after members are recognised. */
  limitReading(app: App): void {
    if (!this.settings.rateLimits) return
    app.decorateRequest('endTurn', null)
    app.addHook('preValidation', async (request, reply) => {
      const { method, url = '' } = request.raw
      if (request.member || method !== 'GET' || request.ws || this.settings.isLight(url)) return
      const shares = this.sharesOf(request)
      const seconds = Math.max(...shares.map(({ budget, owner }) => budget.secondsUntil(owner)))
      if (seconds === 0) return this.takeTurn(request, shares)
      if (this.keptInstead(request, reply)) return reply
      throw new Problem(429, 'errors.crowd', { retryAfter: seconds + 1, values: { seconds: seconds + 1 } })
    })
    // When the page is made: how long somebody takes to read it is no work.
    app.addHook<unknown>('onSend', async ({ endTurn }, _reply, payload) => {
      endTurn?.()
      return payload
    })
    app.addHook('onResponse', async ({ endTurn }) => endTurn?.())
    app.addHook('onRequestAbort', async ({ endTurn }) => endTurn?.())
  }

  private async takeTurn(request: FastifyRequest, shares: readonly Share[]): Promise<void> {
    const use = (milliseconds: number) => {
      for (const { budget, owner } of shares) budget.use(owner, milliseconds)
    }
    use(LEAST_MILLISECONDS)
    const { promise: ended, resolve: end } = Promise.withResolvers<void>()
    const { promise: turn, resolve: begin, reject } = Promise.withResolvers<void>()
    this.queue
      .run(networkDigest(request), async () => {
        const began = performance.now()
        begin()
        await ended
        const taken = Math.min(performance.now() - began, MOST_MILLISECONDS)
        use(Math.max(0, taken - LEAST_MILLISECONDS))
      })
      .catch(reject)
    request.endTurn = end
    await turn
  }

  /** All that a page is counted on. */
  private sharesOf(request: FastifyRequest): Share[] {
    const door = doorOf(request.raw)
    const all = { budget: this.doors[door], owner: door }
    // Many people share the address of this machine, by an onion service or a proxy.
    if (isThisMachine(networkOf(request.ip))) return [all]
    const [own = '', wider] = networkDigests(request)
    const ofNetwork = { budget: this.network, owner: own }
    return wider === undefined ? [all, ofNetwork] : [all, ofNetwork, { budget: this.wider, owner: wider }]
  }

  private keptInstead(request: FastifyRequest, reply: FastifyReply): boolean {
    if (!request.routeOptions.config.sharedPage) return false
    if (!this.settings.answerAnotherLookLate(request.raw, reply.raw)) return false
    request.pendingPage?.end()
    reply.hijack()
    return true
  }

  private refuse({ url = '', headers }: IncomingMessage, response: ServerResponse): void {
    const isProgram = url.startsWith('/api/')
    const body = isProgram ? detailsFor(chosenLanguage(headers)) : this.page
    response.writeHead(429, {
      ...this.settings.headers,
      'content-type': isProgram ? 'application/problem+json' : 'text/html; charset=utf-8',
      'content-length': Buffer.byteLength(body),
      'retry-after': String(SECONDS_UNTIL_QUIET),
    })
    response.end(body)
    this.settings.refused()
  }
}

/** RFC 9457. */
function detailsFor(language: Language): string {
  const detail = translator(language)('errors.crowd', { seconds: SECONDS_UNTIL_QUIET })
  return JSON.stringify({ type: 'about:blank', title: STATUS_CODES[429], status: 429, detail })
}

/** What comes from this machine and names nobody else was let in by an onion service. */
function doorOf({ socket, headers }: Pick<IncomingMessage, 'socket' | 'headers'>): Door {
  const isHere = isThisMachine(networkOf(socket.remoteAddress ?? ''))
  return isHere && headers['x-forwarded-for'] === undefined ? 'onion' : 'outside'
}
