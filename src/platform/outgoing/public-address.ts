import { isIP, isIPv6 } from 'node:net'
import { inNetworks } from '../http/networks.ts'

/** What is no single machine of the public internet (IANA, special-purpose address registries). */
const special = inNetworks([
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24'],
  ...['192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24'],
  ...['224.0.0.0/4', '240.0.0.0/4'],
  // Of IPv6, within what is given out at all: tunnels, examples, and what holds an IPv4 address.
  ...['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'],
])
/** The only part of IPv6 that machines of the public internet have (RFC 4291, 2.4). */
const globalUnicast = inNetworks(['2000::/3'])

/** Whether a connection to an address leaves for the public internet, and not for a machine beside this one. */
export function isPublicAddress(address: string): boolean {
  if (isIPv6(address) && !/^::ffff:\d+\./i.test(address) && !globalUnicast(address)) return false
  return isIP(address) !== 0 && !special(address)
}
