import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { plainText } from '../http/answers.ts'
import type { App } from '../http/app.ts'
import { inNetworks } from '../http/networks.ts'
import type { Metrics } from './metrics.ts'

export interface MetricsSettings {
  /** What a program from elsewhere shows (RFC 6750); null: only this machine's own may read. */
  metricsToken: string | null
  /** What comes in here comes from an onion service, and so from anywhere; null: there is none. */
  onionPort: number | null
}

/** What else says that a proxy speaks for somebody. */
const FORWARDED = ['forwarded', 'x-real-ip', 'x-forwarded-host', 'x-forwarded-proto', 'via']
const isLoopback = inNetworks(['loopback'])

/** What this process has counted, for Prometheus: for programs of this machine, and for who has the token. */
export function metricsRoute(app: App, metrics: Metrics, settings: MetricsSettings): void {
  const response = { 200: plainText, 401: plainText, 403: plainText }
  app.get('/metrics', { schema: { response }, config: { sameForAll: true } }, async ({ raw }, reply) => {
    const { authorization } = raw.headers
    if (!isFromHere(raw, settings.onionPort) && !showsToken(authorization, settings.metricsToken)) {
      if (authorization !== undefined) reply.header('www-authenticate', 'Bearer')
      return reply
        .code(authorization === undefined ? 403 : 401)
        .type('text/plain')
        .send('for this machine, or with METRICS_TOKEN\n')
    }
    return reply
      .type(metrics.contentType)
      .header('cache-control', 'no-store')
      .send(await metrics.text())
  })
}

/** Anybody can write headers, so they are believed only where they say «from elsewhere». */
function isFromHere({ socket, headers }: IncomingMessage, onionPort: number | null): boolean {
  if (!isLoopback(socket.remoteAddress) || socket.localPort === onionPort) return false
  if (FORWARDED.some((name) => headers[name] !== undefined)) return false
  const forwarded = [headers['x-forwarded-for'] ?? []].flat().join(',')
  return forwarded === '' || forwarded.split(',').every((address) => isLoopback(address.trim()))
}

/** Compares digests, so that how long it takes says nothing of the token, not even its length. */
function showsToken(authorization = '', token: string | null): boolean {
  const [scheme = '', given] = authorization.split(' ')
  if (token === null || given === undefined || scheme.toLowerCase() !== 'bearer') return false
  return timingSafeEqual(digest(given), digest(token))
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
