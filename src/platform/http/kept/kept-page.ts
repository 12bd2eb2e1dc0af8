import { createHash } from 'node:crypto'
import type { OutgoingHttpHeaders } from 'node:http'
import { compressQuickly, compressWell } from '../compress.ts'
import { acceptedEncodings, type Encoding } from '../encodings.ts'
import type { AnonymousRequest } from './anonymous.ts'

/**
 * One character for each byte (`latin1`). Node writes a string together with the head, but a buffer after it; and what
 * is kept as strings lies close together in V8's heap, while buffers of all sizes leave gaps that are never given back.
 */
type Bytes = string

export interface Variant {
  body: Bytes
  headers: OutgoingHttpHeaders
}

const ANONYMOUS = Symbol('anonymous')

/** A page that is the same for everybody: its bytes and their headers, in each encoding that somebody has asked for. */
export interface AnonymousPage {
  /** Only `keepPage` writes it, so that no other page can be kept. */
  readonly [ANONYMOUS]: true
  readonly madeAt: Date
  /** The pattern of its route, for the log. */
  readonly route: string
  readonly plain: Bytes
  readonly hash: string
  readonly headers: OutgoingHttpHeaders
  /** As the first who asks gets it, who does not wait for the best that can be done … */
  readonly quick: Map<Encoding, Variant>
  /** … and as those do who come after the second; null while that is being made. */
  readonly small: Map<Encoding, Variant | null>
}

/** What is kept of a page that is the same for everybody; its bytes are compressed when first asked for. */
export function keepPage(
  _nobodys: AnonymousRequest,
  route: string,
  markup: string,
  headers: OutgoingHttpHeaders,
): AnonymousPage {
  const plain = Buffer.from(markup)
  const hash = createHash('sha256').update(plain).digest('base64url').slice(0, 22)
  const { 'content-length': _length, 'content-encoding': _encoding, connection: _ofTheFirst, ...others } = headers
  return {
    [ANONYMOUS]: true,
    madeAt: new Date(),
    route,
    plain: plain.toString('latin1'),
    hash,
    headers: others,
    quick: new Map(),
    small: new Map(),
  }
}

/** The page's text. */
export const markupOf = (page: AnonymousPage): string => plainOf(page).toString()

/** The page as a reader takes it. */
export function variantOf(page: AnonymousPage, accepted: string | undefined): Variant {
  const { smallest, quickest } = acceptedEncodings(accepted)
  const small = page.small.get(smallest)
  if (small) return small
  const quick = page.quick.get(quickest)
  if (quick) {
    if (small === undefined) makeSmall(page, smallest)
    return quick
  }
  const first = variant(page, quickest, compressQuickly(plainOf(page), quickest))
  page.quick.set(quickest, first)
  return first
}

function makeSmall(page: AnonymousPage, encoding: Encoding): void {
  page.small.set(encoding, null)
  compressWell(plainOf(page), encoding).then(
    (body) => page.small.set(encoding, variant(page, encoding, body)),
    () => page.small.delete(encoding),
  )
}

const plainOf = ({ plain }: AnonymousPage): Buffer => Buffer.from(plain, 'latin1')

function variant({ hash, headers }: AnonymousPage, encoding: Encoding, body: Buffer): Variant {
  return {
    body: body.toString('latin1'),
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
  sizeOf: ({ plain }: AnonymousPage): number => Math.ceil(plain.length * 1.75) + 2_000,
}
