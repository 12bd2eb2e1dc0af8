import { isIP } from 'node:net'
import type { Config } from '../../config.ts'
import { inNetworks } from '../../platform/http/networks.ts'
import { isPublicAddress } from '../../platform/outgoing/public-address.ts'

/** Names that lead nowhere from the public internet (RFC 6761, RFC 6762, RFC 7686, RFC 8375). */
const NOWHERE = /(?:^|\.)(?:localhost|local|internal|onion|test|invalid|example|home\.arpa)$/
/** Below are other services than the web. */
const LOWEST_FREE_PORT = 1_024

/** Whether a message may be sent to a machine: one of the public internet, or of a network that the setting names. */
export function reachesFor({ webhookNetworks }: Pick<Config, 'webhookNetworks'>): (address: string) => boolean {
  const named = inNetworks(webhookNetworks)
  return (address) => isPublicAddress(address) || named(address)
}

/**
 * The address that a member has written, as it is asked for; null for one that nothing is ever sent to. Where the name leads
 * is looked at when something is sent.
 */
export function webhookAddress({ config }: { config: Config }, written: string): URL | null {
  const url = URL.canParse(written.trim()) ? new URL(written.trim()) : null
  if (!url || !['https:', 'http:'].includes(url.protocol) || url.username || url.password) return null
  if (url.port !== '' && Number(url.port) < LOWEST_FREE_PORT) return null
  url.hash = ''
  const host = url.hostname.replace(/^\[|\]$|\.$/g, '')
  if (isIP(host)) return reachesFor(config)(host) ? url : null
  return host.includes('.') && !NOWHERE.test(host) ? url : null
}
