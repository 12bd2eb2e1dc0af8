import { isIP } from 'node:net'
import type { Config } from '../../config.ts'
import { inNetworks } from '../../platform/http/networks.ts'
import { isPublicAddress } from '../../platform/outgoing/public-address.ts'

/** Names that do not exist on the public internet (RFC 6761, RFC 6762, RFC 7686, RFC 8375). */
const NOWHERE = /(?:^|\.)(?:localhost|local|internal|onion|test|invalid|example|home\.arpa)$/
/** Lower ports belong to other services than the web. */
const LOWEST_FREE_PORT = 1_024

/** Whether messages may be sent to an address: a public one, or one in a network that the setting names. */
export function reachesFor({ webhookNetworks }: Pick<Config, 'webhookNetworks'>): (address: string) => boolean {
  const named = inNetworks(webhookNetworks)
  return (address) => isPublicAddress(address) || named(address)
}

/**
 * A member's address, normalised; null for one that the forum never sends to. Where its name leads is checked at each
 * sending.
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
