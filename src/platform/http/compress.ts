import type { Transform } from 'node:stream'
import { promisify } from 'node:util'
import * as zlib from 'node:zlib'
import type { Encoding } from './encodings.ts'

const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGWIN, ZSTD_c_compressionLevel } = zlib.constants

/** Pages are short; with room for long files, each compression takes some megabytes for a moment. */
const WINDOW_BITS = 18
const brotliOptions = (quality: number) => ({
  params: { [BROTLI_PARAM_QUALITY]: quality, [BROTLI_PARAM_LGWIN]: WINDOW_BITS },
})
const zstdOptions = (page: Buffer, level: number) => ({
  params: { [ZSTD_c_compressionLevel]: level },
  pledgedSrcSize: page.length,
})

/** For a page that is made for one reader: in a tenth of a millisecond, less than another thread would cost. */
export function compressQuickly(page: Buffer, encoding: Encoding): Buffer {
  switch (encoding) {
    case 'br':
      return zlib.brotliCompressSync(page, brotliOptions(1))
    case 'zstd':
      return zlib.zstdCompressSync(page, zstdOptions(page, 1))
    case 'gzip':
      return zlib.gzipSync(page, { level: 1 })
    case 'identity':
      return page
  }
}

/** For a page that many read: a fifth smaller than that, in ten times the time, which another thread takes. */
export const compressWell = (page: Buffer, encoding: Encoding): Promise<Buffer> =>
  compress(page, encoding, { br: 6, zstd: 9, gzip: 6 })

/** For what is compressed once and sent for ever: as small as it gets, in a tenth of a second of another thread. */
export const compressBest = (file: Buffer, encoding: Encoding): Promise<Buffer> =>
  compress(file, encoding, { br: 11, zstd: 19, gzip: 9 })

async function compress(page: Buffer, encoding: Encoding, level: { br: number; zstd: number; gzip: number }) {
  switch (encoding) {
    case 'br':
      return brotli(page, brotliOptions(level.br))
    case 'zstd':
      return zstd(page, zstdOptions(page, level.zstd))
    case 'gzip':
      return gzip(page, { level: level.gzip })
    case 'identity':
      return page
  }
}

/** For a text that is written bit by bit; null where it goes as it is. */
export function compressingStream(encoding: Encoding): Transform | null {
  switch (encoding) {
    case 'br':
      return zlib.createBrotliCompress(brotliOptions(3))
    case 'zstd':
      return zlib.createZstdCompress({ params: { [ZSTD_c_compressionLevel]: 3 } })
    case 'gzip':
      return zlib.createGzip()
    case 'identity':
      return null
  }
}

const brotli = promisify(zlib.brotliCompress)
const zstd = promisify(zlib.zstdCompress)
const gzip = promisify(zlib.gzip)
