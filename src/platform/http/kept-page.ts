import { createHash } from 'node:crypto'
import type { OutgoingHttpHeaders } from 'node:http'
import { compressQuickly, compressWell } from './compress.ts'
import { acceptedEncoding, type Encoding } from './encodings.ts'

export interface Variant {
  /** One character for each byte (`latin1`): Node writes a string together with the head, but a buffer after it. */
  body: string
  headers: OutgoingHttpHeaders
}

/** A page's bytes with the headers that go with them, in each encoding that somebody has asked for. */
export interface KeptPage {
  /** The pattern of its route, for the log. */
  readonly route: string
  readonly plain: Buffer
  readonly hash: string
  readonly headers: OutgoingHttpHeaders
  readonly variants: Map<Encoding, Variant>
  /** Where somebody has asked a second time, so that it is worth compressing it well. */
  readonly wellCompressed: Set<Encoding>
}

export function keepPage(route: string, markup: string, headers: OutgoingHttpHeaders): KeptPage {
  const plain = Buffer.from(markup)
  const hash = createHash('sha256').update(plain).digest('base64url').slice(0, 22)
  const { 'content-length': _length, 'content-encoding': _encoding, ...others } = headers
  return { route, plain, hash, headers: others, variants: new Map(), wellCompressed: new Set() }
}

/**
 * The page as a reader takes it. The first who asks does not wait for the best that can be done: that is made when a
 * second comes, for those after them.
 */
export function variantOf(page: KeptPage, accepted: string | undefined): Variant {
  const encoding = acceptedEncoding(accepted)
  const known = page.variants.get(encoding)
  if (!known) return keepVariant(page, encoding, compressQuickly(page.plain, encoding))
  if (!page.wellCompressed.has(encoding)) {
    page.wellCompressed.add(encoding)
    compressWell(page.plain, encoding).then(
      (body) => keepVariant(page, encoding, body),
      () => page.wellCompressed.delete(encoding),
    )
  }
  return known
}

function keepVariant({ hash, headers, variants }: KeptPage, encoding: Encoding, body: Buffer): Variant {
  const variant = {
    body: body.toString('latin1'),
    headers: {
      ...headers,
      ...(encoding === 'identity' ? {} : { 'content-encoding': encoding }),
      'content-length': body.length,
      etag: `"${hash}-${encoding}"`,
    },
  }
  variants.set(encoding, variant)
  return variant
}

/** How much of them is kept; a page takes about so much as it is, and compressed thrice. */
export const KEPT_PAGES = {
  largest: 32 * 1_024 * 1_024,
  sizeOf: ({ plain }: KeptPage): number => Math.ceil(plain.length * 1.75) + 2_000,
}
