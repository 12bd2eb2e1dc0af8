import { isIPv6 } from 'node:net'

/**
 * Whom an address stands for where people are counted: an IPv4 address for itself, an IPv6 one for its /64, of which each
 * household has all 2^64 (RFC 6177). An IPv4 address that came in by IPv6 (RFC 4291, 2.5.5.2) is itself.
 */
export function networkOf(ip: string): string {
  const groups = groupsOf(ip)
  return typeof groups === 'string' ? groups : `${groups.slice(0, 4).join(':')}::/64`
}

/** The /56 of an IPv6 address, which some providers give to one household and its 256 networks; null for IPv4. */
export function widerNetworkOf(ip: string): string | null {
  const groups = groupsOf(ip)
  if (typeof groups === 'string') return null
  const [one, two, three, four = '0'] = groups
  return `${one}:${two}:${three}:${(Number.parseInt(four, 16) & 0xff00).toString(16)}::/56`
}

/** The eight groups of an IPv6 address; any other address as it is. */
function groupsOf(ip: string): string | string[] {
  if (!isIPv6(ip)) return ip
  // The one way of writing it (RFC 5952), without a zone.
  const [withoutZone] = ip.split('%')
  const written = new URL(`http://[${withoutZone}]`).hostname.slice(1, -1)
  if (written.startsWith('::ffff:')) return mappedAddress(written)
  const [start = '', end = ''] = written.split('::')
  const first = start === '' ? [] : start.split(':')
  const last = end === '' ? [] : end.split(':')
  return [...first, ...Array<string>(8 - first.length - last.length).fill('0'), ...last]
}

/** `::ffff:102:304` is 1.2.3.4. */
function mappedAddress(written: string): string {
  const bytes = written
    .split(':')
    .slice(-2)
    .map((group) => Number.parseInt(group, 16))
  return bytes.flatMap((group) => [group >> 8, group & 255]).join('.')
}

/** Whether it is this machine: many people come from its address, by an onion service or a proxy. */
export const isThisMachine = (network: string): boolean => network.startsWith('127.') || network === THIS_MACHINE

const THIS_MACHINE = '0:0:0:0::/64'
