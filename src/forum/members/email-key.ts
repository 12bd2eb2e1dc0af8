import { domainToASCII, domainToUnicode } from 'node:url'

/**
 * One @, with something on both sides, and nothing that would begin another header or another address. What stands
 * between two dots holds none itself, so that there is one way only to read an address, however long it is.
 */
export const ADDRESS_PATTERN = '^[^\\s@<>(),;:"\\\\]+@(?:[^\\s@<>(),;:"\\\\.]+\\.)+[^\\s@<>(),;:"\\\\.]+$'
export const LONGEST_ADDRESS = 254

/**
 * An address as all spellings of it share it: small letters, and the domain as the network knows it (UTS 46), because
 * some browsers send `préfecture.fr` and others `xn--prfecture-c4a.fr`; without a full stop at its end, which may be
 * written `。` too.
 */
export function addressKey(address: string): string {
  const [local, domain] = parts(address.normalize('NFC').toLowerCase())
  return `${local}@${(domainToASCII(domain) || domain).replace(/\.$/, '')}`
}

/** An address as people write it. */
export function shownAddress(address: string): string {
  const [local, domain] = parts(address)
  return `${local}@${domainToUnicode(domain) || domain}`
}

function parts(address: string): [local: string, domain: string] {
  const at = address.lastIndexOf('@')
  return [address.slice(0, Math.max(0, at)), address.slice(at + 1)]
}
