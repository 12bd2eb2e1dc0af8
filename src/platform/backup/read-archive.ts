import { createHash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { createZstdDecompress } from 'node:zlib'
import { Value } from 'typebox/value'
import { OperatorError } from '../process/operator-error.ts'
import { type Encrypt, plain } from './encryption.ts'
import { END, MAGIC, Manifest, type Part, TRAILER_BYTES } from './manifest.ts'

const cut = (path: string) => new OperatorError(`${path} is no whole backup: it is cut, or something else.`)
const altered = (path: string) => new OperatorError(`${path} is damaged: it is not as it was written.`)

/** An archive that is whole, as far as its manifest says; `verify` reads all of it. */
export class ArchiveReader implements AsyncDisposable {
  readonly manifest: Manifest
  readonly #file: FileHandle
  readonly #path: string

  private constructor(file: FileHandle, path: string, manifest: Manifest) {
    this.#file = file
    this.#path = path
    this.manifest = manifest
  }

  /** @throws OperatorError when there is none, or it is cut. */
  static async open(path: string): Promise<ArchiveReader> {
    const file = await open(path).catch((error: NodeJS.ErrnoException) => {
      throw new OperatorError(`The backup ${path} cannot be read (${error.code}).`)
    })
    try {
      return new ArchiveReader(file, path, await readManifest(file, path))
    } catch (error) {
      await file.close()
      throw error
    }
  }

  /** @throws OperatorError when any byte of it is not as it was written. */
  async verify(): Promise<void> {
    for (const part of this.manifest.parts) {
      const hash = createHash('sha256')
      for await (const piece of this.#stored(part)) hash.update(piece)
      if (hash.digest('hex') !== part.sha256) throw altered(this.#path)
    }
  }

  /** What a part holds. */
  read(part: Part, decrypt: Encrypt = plain): Readable {
    const stored = Readable.from(decrypt(this.#stored(part)), { objectMode: false })
    const content = createZstdDecompress()
    stored.on('error', (error) => content.destroy(error))
    content.on('close', () => stored.destroy())
    return stored.pipe(content)
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#file.close()
  }

  async *#stored(part: Part): AsyncGenerator<Buffer> {
    for (const [offset, length] of part.pieces) yield await readAt(this.#file, this.#path, offset, length)
  }
}

async function readManifest(file: FileHandle, path: string): Promise<Manifest> {
  const { size } = await file.stat()
  if (size < MAGIC.length + TRAILER_BYTES) throw cut(path)
  const trailer = await readAt(file, path, size - TRAILER_BYTES, TRAILER_BYTES)
  const length = Number(trailer.readBigUInt64BE())
  const start = size - TRAILER_BYTES - length
  if (!trailer.subarray(40).equals(END) || start < MAGIC.length) throw cut(path)
  const bytes = await readAt(file, path, start, length)
  if (!createHash('sha256').update(bytes).digest().equals(trailer.subarray(8, 40))) throw altered(path)
  if (!(await readAt(file, path, 0, MAGIC.length)).equals(MAGIC)) throw altered(path)
  const manifest: unknown = JSON.parse(bytes.toString('utf8'))
  if (!Value.Check(Manifest, manifest)) throw new OperatorError(`${path} was made by a newer version of the forum.`)
  mustBeWhole(manifest, start, path)
  return manifest
}

/** Piece follows upon piece, so that no byte is without a checksum. */
function mustBeWhole({ parts }: Manifest, end: number, path: string): void {
  const pieces = parts.flatMap((part) => part.pieces).sort(([one], [other]) => one - other)
  let reached = MAGIC.length
  for (const [offset, length] of pieces) {
    if (offset !== reached) throw altered(path)
    reached += length
  }
  if (reached !== end) throw altered(path)
}

async function readAt(file: FileHandle, path: string, offset: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(length)
  for (let read = 0; read < length; ) {
    const { bytesRead } = await file.read(bytes, read, length - read, offset + read)
    if (bytesRead === 0) throw cut(path)
    read += bytesRead
  }
  return bytes
}
