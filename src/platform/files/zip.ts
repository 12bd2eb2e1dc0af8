import { Readable } from 'node:stream'
import { ZipFile } from 'yazl'

/** A file of an archive: its text is only made when it is read. */
export interface ZipEntry {
  name: string
  text: () => AsyncIterable<string>
}

/** Files as a ZIP, some bytes at a time: no more of it is in memory than is being read. */
export async function* zipped(entries: readonly ZipEntry[]): AsyncGenerator<Buffer> {
  const zip = new ZipFile()
  const output = Readable.from(zip.outputStream)
  const fail = (error: unknown) => output.destroy(error instanceof Error ? error : new Error(String(error)))
  zip.on('error', fail)
  for (const { name, text } of entries) {
    zip.addReadStreamLazy(name, (give) => give(null, Readable.from(text()).on('error', fail)))
  }
  zip.end()
  for await (const bytes of output) yield Buffer.from(bytes)
}
