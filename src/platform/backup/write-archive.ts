import { createHash, randomUUID } from 'node:crypto'
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createZstdCompress } from 'node:zlib'
import { inPieces } from '../files/in-pieces.ts'
import { OperatorError } from '../process/operator-error.ts'
import { type Encrypt, plain } from './encryption.ts'
import { END, MAGIC, type Manifest, type Part } from './manifest.ts'

const PIECE_BYTES = 1_048_576

/** What a file is called while it is written. */
export const UNFINISHED = '.unfinished'

/** What a part is, before it is written. */
export type NewPart = Pick<Part, 'kind' | 'name'> & Partial<Pick<Part, 'columns'>>

/**
 * Writes an archive beside its place, and moves it there when it is whole; only its owner reads it. Several parts may be
 * written at once. Disposing of one that is not finished removes it.
 */
export class ArchiveWriter implements AsyncDisposable {
  readonly #file: FileHandle
  readonly #path: string
  readonly #unfinished: string
  readonly #encrypt: Encrypt
  readonly #parts: Part[] = []
  #end = 0

  private constructor(file: FileHandle, path: string, unfinished: string, encrypt: Encrypt) {
    this.#file = file
    this.#path = path
    this.#unfinished = unfinished
    this.#encrypt = encrypt
  }

  /** @throws OperatorError where no file can be made. */
  static async begin(path: string, encrypt: Encrypt = plain): Promise<ArchiveWriter> {
    const unfinished = join(dirname(path), `.${basename(path)}.${randomUUID()}${UNFINISHED}`)
    const file = await open(unfinished, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
      throw new OperatorError(`No backup can be written to ${dirname(path)} (${error.code}): choose another folder.`)
    })
    const archive = new ArchiveWriter(file, path, unfinished, encrypt)
    try {
      await archive.#append(MAGIC)
      return archive
    } catch (error) {
      await archive[Symbol.asyncDispose]()
      throw error
    }
  }

  /** Writes a part from its beginning to its end, and counts its rows when they have all come. */
  async add(part: NewPart, content: Readable, rows: () => number, signal: AbortSignal): Promise<void> {
    const pieces: Part['pieces'] = []
    const hash = createHash('sha256')
    await pipeline(
      content,
      createZstdCompress(),
      this.#encrypt,
      async (stored: AsyncIterable<Uint8Array>) => {
        for await (const piece of inPieces(stored, PIECE_BYTES)) {
          hash.update(piece)
          pieces.push(await this.#append(piece))
        }
      },
      { signal },
    )
    this.#parts.push({ columns: [], ...part, rows: rows(), sha256: hash.digest('hex'), pieces })
  }

  /** Writes what it holds, and moves it to its place. Until then whatever was there stays. */
  async finish(about: Omit<Manifest, 'parts'>): Promise<void> {
    const manifest = Buffer.from(JSON.stringify({ ...about, parts: this.#parts }))
    const length = Buffer.alloc(8)
    length.writeBigUInt64BE(BigInt(manifest.length))
    const hash = createHash('sha256').update(manifest).digest()
    await this.#append(Buffer.concat([manifest, length, hash, END]))
    await this.#file.sync()
    await rename(this.#unfinished, this.#path)
    const folder = await open(dirname(this.#path))
    await folder.sync().finally(() => folder.close())
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#file.close()
    await rm(this.#unfinished, { force: true })
  }

  /** Its place is taken before it is written, so that several parts can be at it. @throws OperatorError where it does not fit. */
  async #append(bytes: Uint8Array): Promise<[number, number]> {
    const offset = this.#end
    this.#end += bytes.length
    for (let written = 0; written < bytes.length; ) {
      const writing = this.#file.write(bytes, written, bytes.length - written, offset + written)
      const { bytesWritten } = await writing.catch((error: NodeJS.ErrnoException) => {
        throw new OperatorError(
          `The backup cannot be written to ${dirname(this.#path)} (${error.code}), and none was made: make room there, or choose another folder.`,
        )
      })
      written += bytesWritten
    }
    return [offset, bytes.length]
  }
}
