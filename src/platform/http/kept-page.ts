import { createHash } from 'node:crypto'
import type { OutgoingHttpHeaders } from 'node:http'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip, zstdCompress } from 'node:zlib'

export type Encoding = 'br' | 'zstd' | 'gzip' | 'identity'

export interface Variant {
  body: Buffer
  headers: OutgoingHttpHeaders
}

/** A page's bytes with the headers that go with them, in each encoding that somebody has asked for. */
export interface KeptPage {
  /** The pattern of its route, for the log. */
  readonly route: string
  readonly plain: Buffer
  readonly hash: string
  readonly headers: OutgoingHttpHeaders
  readonly variants: Map<Encoding, Promise<Variant> | Variant>
}

/** What takes a page twice to make is worth compressing better than one that is made for one reader. */
const COMPRESSORS: Record<Exclude<Encoding, 'identity'>, (plain: Buffer) => Promise<Buffer>> = {
  br: (plain) => promisify(brotliCompress)(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } }),
  zstd: (plain) => promisify(zstdCompress)(plain),
  gzip: (plain) => promisify(gzip)(plain),
}

/** Makes of a rendered page what is kept of it; its bytes are compressed when first asked for. */
export function keepPage(route: string, markup: string, headers: OutgoingHttpHeaders): KeptPage {
  const plain = Buffer.from(markup)
  const hash = createHash('sha256').update(plain).digest('base64url').slice(0, 22)
  const { 'content-length': _length, 'content-encoding': _encoding, ...others } = headers
  return { route, plain, hash, headers: others, variants: new Map() }
}

/** The page in an encoding, made at the first time of asking; at once where it has been. */
export function variantOf(page: KeptPage, encoding: Encoding): Promise<Variant> | Variant {
  const known = page.variants.get(encoding)
  if (known) return known
  const made = makeVariant(page, encoding)
  page.variants.set(encoding, made)
  made.then(
    (variant) => page.variants.set(encoding, variant),
    () => page.variants.delete(encoding),
  )
  return made
}

async function makeVariant({ plain, hash, headers }: KeptPage, encoding: Encoding): Promise<Variant> {
  const body = encoding === 'identity' ? plain : await COMPRESSORS[encoding](plain)
  return {
    body,
    headers: {
      ...headers,
      ...(encoding === 'identity' ? {} : { 'content-encoding': encoding }),
      'content-length': body.length,
      etag: `"${hash}-${encoding}"`,
    },
  }
}

/** How much of them is kept; a page takes about so much as it is, and compressed thrice. */
export const KEPT_PAGES = {
  largest: 32 * 1_024 * 1_024,
  sizeOf: ({ plain }: KeptPage): number => Math.ceil(plain.length * 1.75) + 2_000,
}

const SMALLEST_FIRST = ['br', 'zstd', 'gzip'] as const

/** The first of our encodings that a browser accepts (RFC 9110, 12.5.3); «;q=0» is a no. */
export function acceptedEncoding(
  header: string | undefined,
  order: readonly Exclude<Encoding, 'identity'>[] = SMALLEST_FIRST,
): Encoding {
  const accepted = header ?? ''
  const takes = (encoding: string) =>
    accepted.includes(encoding) && !new RegExp(`\\b${encoding}\\s*;\\s*q=0(\\.0*)?(\\s*,|\\s*$)`).test(accepted)
  return order.find(takes) ?? 'identity'
}
