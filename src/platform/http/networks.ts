import { BlockList, isIP } from 'node:net'

/** Networks that can be named instead of written out. */
const NAMED: Record<string, readonly string[]> = {
  loopback: ['127.0.0.0/8', '::1/128'],
  linklocal: ['169.254.0.0/16', 'fe80::/10'],
  uniquelocal: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
}

/** Whether an address lies in some networks; what is no address does not. */
export type InNetworks = (address: string | undefined) => boolean

/**
 * @param networks addresses, networks (`10.0.0.0/8`) and the names `loopback`, `linklocal`, `uniquelocal`.
 * @throws Error naming the first that is none of these.
 */
export function inNetworks(networks: readonly string[]): InNetworks {
  const list = new BlockList()
  for (const named of networks) for (const network of NAMED[named] ?? [named]) add(list, network)
  return (address) => {
    // An IPv4 address may come dressed as one of IPv6 (RFC 4291, 2.5.5.2).
    const ip = address?.replace(/^::ffff:(?=\d+\.)/i, '').split('%')[0] ?? ''
    const version = isIP(ip)
    return version !== 0 && list.check(ip, version === 6 ? 'ipv6' : 'ipv4')
  }
}

function add(list: BlockList, network: string): void {
  const [address = '', bits, more] = network.split('/')
  const version = isIP(address)
  const longest = version === 6 ? 128 : 32
  const prefix = bits === undefined ? longest : Number(bits)
  const known = version !== 0 && more === undefined && /^\d{1,3}$/.test(bits ?? '0') && prefix <= longest
  if (!known) throw new Error(network)
  list.addSubnet(address, prefix, version === 6 ? 'ipv6' : 'ipv4')
}
