import fc from 'fast-check'
import t from 'tap'
import { inPieces } from '../../../src/platform/files/in-pieces.ts'

async function* oneByOne(parts: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield part
}

t.test('pieces hold the same bytes in the same order, and only the last is short', async (t) => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.uint8Array()), fc.integer({ min: 1, max: 40 }), async (parts, least) => {
      const pieces = await Array.fromAsync(inPieces(oneByOne(parts), least))
      const isShort = pieces.map(({ length }) => length < least)
      return (
        Buffer.concat(pieces).equals(Buffer.concat(parts)) &&
        !isShort.slice(0, -1).includes(true) &&
        pieces.every(({ length }) => length > 0)
      )
    }),
  )
  t.pass()
})
