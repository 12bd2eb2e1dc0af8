import fc from 'fast-check'
import t from 'tap'
import { LANGUAGES, preferredLanguage } from '../../../../src/platform/text/i18n/languages.ts'
import { anySign } from '../../../support/any-sign.ts'

const ASKED: [header: string | undefined, language: string][] = [
  [undefined, 'fr'],
  ['', 'fr'],
  ['*', 'fr'],
  ['de, it', 'fr'],
  ['en', 'en'],
  ['EN-gb', 'en'],
  ['en-US,en;q=0.9,fr;q=0.8', 'en'],
  ['fr-CA, en;q=0.9', 'fr'],
  ['en;q=0.5, fr;q=0.7', 'fr'],
  ['de, en;q=0.3', 'en'],
  ['fr;q=0, en;q=0.1', 'en'],
  ['en;q=0', 'fr'],
  ['en ; q=0.9 , fr;q=.95', 'fr'],
  ['en;q=1.2.3, fr;q=0.1', 'fr'],
  ['english, french', 'fr'],
]

for (const [header, language] of ASKED) {
  t.test(`${header} is answered in ${language}`, async (t) => t.equal(preferredLanguage(header), language))
}

t.test('whatever is asked for, it is answered in a language that there is', async (t) => {
  const piece = fc.constantFrom('fr', 'en', '-', ',', ';', 'q=', '0', '1', '.', '*', ' ', '\u0000', 'é')
  const header = fc.oneof(fc.string({ unit: piece }), fc.string({ unit: anySign }))
  t.doesNotThrow(() =>
    fc.assert(
      fc.property(header, (text) => LANGUAGES.includes(preferredLanguage(text))),
      { seed: 1, numRuns: 2_000 },
    ),
  )
})
