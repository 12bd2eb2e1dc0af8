import { constants, crc32, deflateRawSync, inflateRawSync } from 'node:zlib'
import { BLANK } from '../../../views/parts/own.ts'
import { joinedChecksum, shiftOf } from './checksum.ts'

interface Piece {
  deflated: NonSharedBuffer
  /** How many bytes it has, and what they are checked by, before it is deflated. */
  length: number
  checksum: number
  shift: number
  /** What is put in after it; null after the last one. */
  blank: string | null
}

/** A page with blanks that many members share: compressed once, in the pieces between its blanks. */
export type PrintedPage = readonly Piece[]

/** Prints a page; its blanks are what `own` has left. */
export function printPage(markup: string): PrintedPage {
  const parts = markup.split(BLANK)
  if (parts.length % 2 === 0) throw new Error('A blank that does not end')
  return parts.flatMap((text, index) => (index % 2 === 0 ? pieceOf(text, parts[index + 1] ?? null) : []))
}

/** A full flush ends on a byte, and what comes after it refers to nothing before it: pieces can be put one after another. */
function pieceOf(text: string, blank: string | null): Piece {
  const plain = Buffer.from(text)
  const deflated = deflateRawSync(plain, { finishFlush: constants.Z_FULL_FLUSH })
  return { deflated, length: plain.length, checksum: crc32(plain), shift: shiftOf(plain.length), blank }
}

/** The page of one member, as it is. */
export const fillIn = (page: PrintedPage, own: Record<string, string>): string =>
  page.map(({ deflated, blank }) => inflated(deflated) + partOf(own, blank)).join('')

const inflated = (piece: NonSharedBuffer): string =>
  inflateRawSync(piece, { finishFlush: constants.Z_SYNC_FLUSH }).toString()

/** Deflated, by Unix, at no time that is told (RFC 1952, 2.3). */
const HEAD = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3])
/** A last block with nothing in it (RFC 1951, 3.2.6). */
const LAST_BLOCK = Buffer.from([3, 0])

/**
 * The page of one member in gzip (RFC 1952), in a small part of the time that compressing it would take: the pieces as they
 * are kept, and between them what is the member's own, uncompressed.
 */
export function fillInCompressed(page: PrintedPage, own: Record<string, string>): NonSharedBuffer {
  const chunks: Uint8Array[] = [HEAD]
  let checksum = 0
  let size = 0
  for (const piece of page) {
    const part = Buffer.from(partOf(own, piece.blank))
    checksum = crc32(part, joinedChecksum(checksum, piece.checksum, piece.shift))
    size += piece.length + part.length
    chunks.push(piece.deflated)
    if (part.length > 0) chunks.push(storedHead(part), part)
  }
  const end = Buffer.allocUnsafe(8)
  end.writeUInt32LE(checksum)
  end.writeUInt32LE(size, 4)
  return Buffer.concat([...chunks, LAST_BLOCK, end])
}

function partOf(own: Record<string, string>, blank: string | null): string {
  const part = blank === null ? '' : own[blank]
  if (part === undefined) throw new Error('A blank that nobody fills in')
  return part
}

/** A block of what is not compressed (RFC 1951, 3.2.4): not the last one, its length, and the length's complement. */
function storedHead({ length }: Buffer): Buffer {
  const head = Buffer.allocUnsafe(5)
  head.writeUInt8(0)
  head.writeUInt16LE(length, 1)
  head.writeUInt16LE(0xffff - length, 3)
  return head
}
