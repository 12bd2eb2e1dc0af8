import { Resolver } from 'node:dns/promises'
import { isIP } from 'node:net'

const PATIENCE = { timeout: 3_000, tries: 1 }

/**
 * The addresses of a host, those of IPv4 first; none where it has none. Asks the name servers itself: the system's own look-up
 * waits in one of four threads, in which passwords are checked too.
 */
export async function resolveHost(host: string, signal: AbortSignal): Promise<string[]> {
  if (isIP(host)) return [host]
  const resolver = new Resolver(PATIENCE)
  const cancel = () => resolver.cancel()
  signal.addEventListener('abort', cancel, { once: true })
  try {
    const found = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)])
    return found.flatMap((one) => (one.status === 'fulfilled' ? one.value : []))
  } finally {
    signal.removeEventListener('abort', cancel)
  }
}
