import fc from 'fast-check'
import t from 'tap'
import { cleanTitle, titleProblem } from '../../../src/features/threads/title.ts'
import { named } from '../../support/named.ts'

t.test('a title is one line', async (t) => {
  t.equal(cleanTitle('  Une\r\n\tcaméra \u2028 de\u00a0plus  '), 'Une caméra de plus')
})

t.test('a title does not turn what stands after it', async (t) => {
  t.equal(cleanTitle('a\u202eb\u202c \u2066c\u2069 \u200fd'), 'ab c d')
})

t.test('a clean title stays as it is', async () => {
  const clean = (text: string) => {
    const title = cleanTitle(text)
    return cleanTitle(title) === title && !/[\n\r\t\u2028\u202a-\u202e]|^ | $| {2}/.test(title)
  }
  const sign = fc.constantFrom(' ', '\n', '\u00a0', '\u202e', '\u200f', 'a', 'é', '😀', '\ufeff')
  fc.assert(fc.property(fc.string({ unit: sign }), clean), { seed: 1, numRuns: 2_000 })
  fc.assert(fc.property(fc.string({ unit: 'binary' }), clean), { seed: 1, numRuns: 2_000 })
})

t.test('a title can be seen', async (t) => {
  for (const unseen of [
    '',
    '\u200b\u200b\u200b\u200b',
    '\u3164\u3164\u3164\u3164',
    '\u2800\u00ad\u2060\u200d',
    '\u0007\u0007\u0007\u0007',
  ]) {
    t.same(titleProblem(cleanTitle(unseen)), { field: 'title', key: 'errors.empty' }, named(unseen))
  }
  for (const seen of ['Nice', '🔥🔥', '????', 'می‌خواهم', '감시감시'])
    t.equal(titleProblem(cleanTitle(seen)), null, seen)
})

t.test('a title is neither too short nor too long', async (t) => {
  t.match(titleProblem('abc'), { key: 'errors.too_short', values: { count: 4 } })
  t.equal(titleProblem('a'.repeat(160)), null)
  t.match(titleProblem('a'.repeat(161)), { key: 'errors.too_long', values: { count: 160 } })
})
