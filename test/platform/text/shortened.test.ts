import fc from 'fast-check'
import t from 'tap'
import { cutText, endOf, shortened } from '../../../src/platform/text/shortened.ts'
import { anySign } from '../../support/any-sign.ts'

const FAMILY = '👨‍👩‍👧‍👦'

t.test('what people see as one sign is never cut', async (t) => {
  for (const sign of [FAMILY, '🇫🇷', '👍🏽', 'é', 'कि', '각', 'ก็', '1️⃣']) {
    for (let before = 0; before < 40; before += 1) {
      const cut = cutText('a'.repeat(before) + sign.repeat(100), 60)
      t.equal((cut.length - before) % sign.length, 0, `${before} before ${sign}`)
      t.ok(cut.length <= 60 && cut.length > 60 - sign.length)
    }
  }
})

t.test('nor at the beginning of what is the end of a text', async (t) => {
  for (const sign of [FAMILY, '👍🏽', 'e\u0301', 'कि']) {
    for (let after = 0; after < 40; after += 1) {
      const end = endOf(sign.repeat(100) + 'a'.repeat(after), 60)
      t.equal((end.length - after) % sign.length, 0, `${after} after ${sign}`)
      t.ok(end.length <= 60 && end.length > 60 - sign.length)
    }
  }
  t.equal(endOf(`a${'\u0301'.repeat(300)}`, 240).length, 240)
  t.equal(endOf('un deux', 7), 'un deux')
})

t.test('a sign that is longer than may stand there is cut all the same', async (t) => {
  t.equal(cutText(`a${'\u0301'.repeat(300)}`, 240).length, 240)
  t.ok(cutText('😀'.repeat(3), 3).isWellFormed())
})

t.test('a text is cut between words where that leaves most of it', async (t) => {
  t.equal(shortened('un deux trois quatre', 15), 'un deux trois…')
  t.equal(shortened('un deux trois quatre', 14), 'un deux trois…')
  t.equal(shortened('un deux trois quatre', 13), 'un deux troi…')
  t.equal(shortened('Voir anticonstitutionnellement', 21), 'Voir anticonstitutio…')
  t.equal(shortened('un deux', 7), 'un deux')
  t.equal(shortened('pour ne pas les perdre. Ensuite', 24), 'pour ne pas les perdre…', 'no other sign stands before it')
  t.equal(shortened('parle de tout «\u202fceci\u202f»', 18), 'parle de tout…', 'no quote is opened at the end')
  t.equal(shortened(shortened('mot '.repeat(99), 240), 240), shortened('mot '.repeat(99), 240), 'once is enough')
})

t.test('the beginning of a text is its beginning, and well formed', async (t) => {
  t.doesNotThrow(() =>
    fc.assert(
      fc.property(fc.string({ unit: anySign, maxLength: 80 }), fc.integer({ min: 1, max: 60 }), (text, longest) => {
        const whole = text.toWellFormed()
        const cut = cutText(whole, longest)
        return (
          whole.startsWith(cut) &&
          cut.length <= longest &&
          cut.isWellFormed() &&
          (cut !== '' || whole === '' || longest < 2)
        )
      }),
      { seed: 1, numRuns: 2_000 },
    ),
  )
})
