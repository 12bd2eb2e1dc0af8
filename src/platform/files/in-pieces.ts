/** The same bytes in pieces of at least this length; only the last may be shorter. */
export async function* inPieces(source: AsyncIterable<Uint8Array>, least: number): AsyncGenerator<Buffer> {
  let held: Uint8Array[] = []
  let length = 0
  for await (const bytes of source) {
    held.push(bytes)
    length += bytes.length
    if (length < least) continue
    yield Buffer.concat(held)
    held = []
    length = 0
  }
  if (length > 0) yield Buffer.concat(held)
}
