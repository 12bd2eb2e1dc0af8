import fc from 'fast-check'
import t from 'tap'
import { cleanTitle, titleProblem } from '../../../src/forum/discussion/title.ts'
import { anySign } from '../../support/any-sign.ts'
import { named } from '../../support/named.ts'

t.test('a title is one line', async (t) => {
  t.equal(cleanTitle('  Une\r\n\tcaméra \u2028 de\u00a0plus  ', 'fr'), 'Une caméra de plus')
})

t.test('a title does not turn what stands after it', async (t) => {
  t.equal(cleanTitle('a\u202eb\u202c \u2066c\u2069 \u200fd', 'en'), 'ab c d')
})

t.test(
  'a title has nothing that nobody sees, and loses nothing that its script or an emoji is written with',
  async (t) => {
    t.equal(cleanTitle('Cam\u200b\u00ad\ufeffé\u2060ra\u200d s\u{e0041}\u200c\u200d', 'fr'), 'Caméra s')
    t.equal(cleanTitle('\u200d\u200b\u200dCaméra', 'fr'), 'Caméra')
    for (const title of ['می\u200cخواهم', 'क्\u200dष', 'Famille 👩\u200d👧', 'Cœur ❤\ufe0f\u200d🔥'])
      t.equal(cleanTitle(title, 'en'), title)
  },
)

t.test('a French title is set with the spaces that break no line', async (t) => {
  const typed = 'Caméras « intelligentes » : qui ?'
  t.equal(cleanTitle(typed, 'fr'), 'Caméras «\u202fintelligentes\u202f»\u202f: qui\u202f?')
  t.equal(cleanTitle(typed, 'en'), typed)
})

t.test('a title has the quotes and apostrophes of its language', async (t) => {
  t.equal(cleanTitle('L\'essai de "typographie"', 'fr'), 'L’essai de «\u202ftypographie\u202f»')
  t.equal(cleanTitle('It\'s a "test"', 'en'), 'It’s a “test”')
  t.equal(cleanTitle('Écran 12" x="1"', 'fr'), 'Écran 12" x="1"')
  const longest = `"${'a'.repeat(158)}"`
  t.equal(titleProblem(cleanTitle(longest, 'fr')), null, 'and is not too long for that')
})

t.test('a clean title stays as it is', async (t) => {
  const clean = (text: string) => {
    const title = cleanTitle(text, 'fr')
    return cleanTitle(title, 'fr') === title && !/[\n\r\t\u2028\u202a-\u202e]|^ | $| {2}/.test(title)
  }
  const sign = fc.constantFrom(
    ' ',
    ':',
    '«',
    '»',
    '"',
    "'",
    '\n',
    '\u00a0',
    '\u202e',
    '\u200f',
    'a',
    'é',
    '😀',
    '\ufeff',
  )
  t.doesNotThrow(() => fc.assert(fc.property(fc.string({ unit: sign }), clean), { seed: 1, numRuns: 2_000 }))
  t.doesNotThrow(() => fc.assert(fc.property(fc.string({ unit: anySign }), clean), { seed: 1, numRuns: 2_000 }))
})

t.test('a title can be seen', async (t) => {
  for (const unseen of [
    '',
    '\u200b\u200b\u200b\u200b',
    '\u3164\u3164\u3164\u3164',
    '\u2800\u00ad\u2060\u200d',
    '\u0007\u0007\u0007\u0007',
  ]) {
    t.same(titleProblem(cleanTitle(unseen, 'fr')), { field: 'title', key: 'errors.empty' }, named(unseen))
  }
  for (const seen of ['Nice', '🔥🔥', '????', 'می‌خواهم', '감시감시'])
    t.equal(titleProblem(cleanTitle(seen, 'fr')), null, seen)
})

t.test('a title is neither too short nor too long', async (t) => {
  t.match(titleProblem('abc'), { key: 'errors.too_short', values: { count: 4 } })
  t.equal(titleProblem('a'.repeat(160)), null)
  t.match(titleProblem('a'.repeat(161)), { key: 'errors.too_long', values: { count: 160 } })
})
