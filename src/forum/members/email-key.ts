import { domainToASCII, domainToUnicode } from 'node:url'

/**
 * One @ with something on both sides, and nothing that would begin another header or address. Parts between dots contain
 * no dots, so that the pattern matches in only one way and stays linear.
 */
export const ADDRESS_PATTERN = '^[^\\s@<>(),;:"\\\\]+@(?:[^\\s@<>(),;:"\\\\.]+\\.)+[^\\s@<>(),;:"\\\\.]+$'
export const LONGEST_ADDRESS = 254

/**
 * The key that all spellings of an address share: lower case, with the domain in ASCII (UTS 46), because some browsers
 * send `préfecture.fr` and others `xn--prfecture-c4a.fr`. Without a full stop at the end, which may also be `。`.
 */
export function addressKey(address: string): string {
  const [local, domain] = parts(address.normalize('NFC').toLowerCase())
  return `${local}@${(domainToASCII(domain) || domain).replace(/\.$/, '')}`
}

/** An address as people write it, not in ASCII. */
export function shownAddress(address: string): string {
  const [local, domain] = parts(address)
  return `${local}@${domainToUnicode(domain) || domain}`
}

function parts(address: string): [local: string, domain: string] {
  const at = address.lastIndexOf('@')
  return [address.slice(0, Math.max(0, at)), address.slice(at + 1)]
}
