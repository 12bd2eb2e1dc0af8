import { isIPv6 } from 'node:net'

/**
 * The part of an address by which windows are counted: of IPv6 the first 64 bits, which one household has for itself
 * (RFC 6177), so that nobody gets past the limit by the other 64.
 */
export function networkOf(ip: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1]
  if (mapped) return mapped
  const [address = ''] = ip.split('%', 1)
  if (!isIPv6(address)) return ip
  const { hostname } = new URL(`http://[${address}]`)
  const [start = '', end] = hostname.slice(1, -1).split('::')
  const first = start.split(':').filter(Boolean)
  const last = end === undefined ? [] : end.split(':').filter(Boolean)
  const zeros = end === undefined ? 0 : 8 - first.length - last.length
  return [...first, ...Array<string>(zeros).fill('0'), ...last].slice(0, 4).join(':')
}

/** Many people come from this machine's own address: by an onion service, say. */
export const isThisMachine = (network: string): boolean => network.startsWith('127.') || network === '0:0:0:0'
