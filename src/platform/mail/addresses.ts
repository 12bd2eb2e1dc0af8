/** The address in «Name <name@domain>», or all of a text that is one. */
export const bareEmail = (sender: string): string => /<([^<>]+)>/.exec(sender)?.[1] ?? sender

/** What follows the @. */
export const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1)

const localOf = (address: string): string => address.slice(0, address.lastIndexOf('@'))

/** An address of ours with a tag in it (RFC 5233): `bounces+TAG@example.org`. */
export const tagged = (address: string, tag: string): string => `${localOf(address)}+${tag}@${domainOf(address)}`

/** The tag in such an address, in lower case; null when the address is not ours. */
export function tagOf(address: string, given: string): string | null {
  const [start, end] = [`${localOf(address)}+`.toLowerCase(), `@${domainOf(address)}`.toLowerCase()]
  const small = given.toLowerCase()
  if (!small.startsWith(start) || !small.endsWith(end)) return null
  return small.slice(start.length, -end.length)
}
