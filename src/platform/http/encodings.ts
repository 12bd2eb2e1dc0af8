/** What pages are sent in (RFC 9110, 8.4.1); `identity` is as they are. */
export type Encoding = 'br' | 'zstd' | 'gzip' | 'identity'

/** Brotli makes a page smallest, given time … */
const SMALLEST_FIRST = ['br', 'zstd', 'gzip'] as const
/** … and Zstandard where there is little. */
const QUICKEST_FIRST = ['zstd', 'br', 'gzip'] as const

export interface AcceptedEncodings {
  /** For a page that many read. */
  smallest: Encoding
  /** For a page that is made for one reader. */
  quickest: Encoding
}

/** Which of our encodings to use, of those that a browser accepts (RFC 9110, 12.5.3); «;q=0» is a no. */
export function acceptedEncodings(header: string | undefined): AcceptedEncodings {
  const known = choices.get(header)
  if (known) return known
  // Browsers send few different ones; whoever sends many is not remembered.
  if (choices.size > 1_000) choices.clear()
  const accepted = SMALLEST_FIRST.filter((encoding) => accepts(header ?? '', encoding))
  const firstOf = (order: readonly Encoding[]): Encoding =>
    order.find((encoding) => accepted.some((one) => one === encoding)) ?? 'identity'
  const choice = { smallest: firstOf(SMALLEST_FIRST), quickest: firstOf(QUICKEST_FIRST) }
  choices.set(header, choice)
  return choice
}

const choices = new Map<string | undefined, AcceptedEncodings>()

const accepts = (header: string, encoding: string): boolean =>
  header.includes(encoding) && !new RegExp(`\\b${encoding}\\s*;\\s*q=0(\\.0*)?(\\s*,|\\s*$)`).test(header)
