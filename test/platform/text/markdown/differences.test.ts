import fc from 'fast-check'
import t from 'tap'
import { differences } from '../../../../src/platform/text/markdown/differences.ts'
import { anySign } from '../../../support/any-sign.ts'

/** Both texts, out of what changed from one to the other. */
function both(before: string, after: string): [string, string] {
  const changes = differences(before, after) ?? []
  const without = (kind: 'added' | 'removed') =>
    changes
      .filter((change) => change.kind !== kind)
      .map(({ text }) => text)
      .join('')
  return [without('added'), without('removed')]
}

t.test('what changed is told word by word', async (t) => {
  t.same(differences('une caméra de plus', 'une caméra en moins'), [
    { kind: 'same', text: 'une caméra ' },
    { kind: 'removed', text: 'de' },
    { kind: 'added', text: 'en' },
    { kind: 'same', text: ' ' },
    { kind: 'removed', text: 'plus' },
    { kind: 'added', text: 'moins' },
  ])
  t.same(differences('rien', 'rien'), [{ kind: 'same', text: 'rien' }])
})

t.test('both versions can be read out of it', async (t) => {
  const word = fc.constantFrom(
    'une',
    'caméra',
    ' ',
    '  ',
    '\n',
    '\n\n',
    '.',
    ',',
    '«',
    '»',
    '😀',
    'e\u0301',
    '<b>',
    '-',
    '漢字',
  )
  const words = fc.array(word, { maxLength: 40 }).map((parts) => parts.join(''))
  const text = fc.oneof(words, fc.string({ unit: anySign, maxLength: 40 }))
  const kept = fc.property(text, text, (before, after) => {
    const [first, second] = both(before, after)
    return first === before && second === after
  })
  t.doesNotThrow(() => fc.assert(kept, { seed: 1, numRuns: 2_000 }))
})

t.test('two long texts that have nothing in common are not compared', async (t) => {
  const before = Array.from({ length: 9_000 }, (_, index) => `a${index}`).join(' ')
  const after = Array.from({ length: 9_000 }, (_, index) => `b${index}`).join('\n')
  t.equal(differences(before, after), null)
})
