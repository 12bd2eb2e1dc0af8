/** What pages are sent in (RFC 9110, 8.4.1); `identity` is as they are. */
export type Encoding = 'br' | 'zstd' | 'gzip' | 'identity'

/** Brotli makes a page smallest, and in as little time as the others where there is little. */
const SMALLEST_FIRST = ['br', 'zstd', 'gzip'] as const

/** The first of our encodings that a browser accepts (RFC 9110, 12.5.3); «;q=0» is a no. */
export function acceptedEncoding(header: string | undefined): Encoding {
  const known = accepted.get(header)
  if (known) return known
  // Browsers send few different ones; whoever sends many is not remembered.
  if (accepted.size > 1_000) accepted.clear()
  const encoding = SMALLEST_FIRST.find((one) => accepts(header ?? '', one)) ?? 'identity'
  accepted.set(header, encoding)
  return encoding
}

const accepted = new Map<string | undefined, Encoding>()

const accepts = (header: string, encoding: string): boolean =>
  header.includes(encoding) && !new RegExp(`\\b${encoding}\\s*;\\s*q=0(\\.0*)?(\\s*,|\\s*$)`).test(header)
