import t from 'tap'
import { excerptOfHtml, markedLine } from '../../../src/forum/search/excerpt.ts'
import { wordsOf } from '../../../src/forum/search/words.ts'
import { visibleText } from '../../../src/platform/text/visible-text.ts'

/** The places of a word in a text, as PostgreSQL counts them. */
const placesOf = (text: string, word: string): number[] => {
  const { words, compounds } = wordsOf(text)
  return [...words, ...compounds].flatMap((one, place) => (one.text === word ? place + 1 : []))
}

const shown = (pieces: ReturnType<typeof markedLine>) =>
  pieces.map(({ text, marked }) => (marked ? `[${text}]` : text)).join('')

t.test('an excerpt', (t) => {
  t.test('marks the words that were found', (t) => {
    const line = 'La vidéo-surveillance, ou vidéosurveillance ?'
    t.equal(
      shown(markedLine(line, placesOf(line, 'vidéosurveillance'))),
      'La [vidéo-surveillance], ou [vidéosurveillance] ?',
    )
    const html = '<p>Le <em>quai</em> est filmé, le quai entier.</p>'
    t.equal(shown(excerptOfHtml(html, placesOf(visibleText(html), 'quai'))), 'Le [quai] est filmé, le [quai] entier.')
    t.end()
  })

  t.test('begins where the words are, and says what is left out', (t) => {
    const html = `<p>${'Un mot puis un autre. '.repeat(100)}</p><p>Ici la caméra filme.</p><p>${'Et la suite. '.repeat(100)}</p>`
    const found = shown(excerptOfHtml(html, placesOf(visibleText(html), 'caméra')))
    t.match(found, /^….*Ici la \[caméra\] filme\..*…$/)
    t.ok(found.length < 260, `${found.length} characters`)
    t.end()
  })

  t.test('is the beginning where none of them is seen', (t) => {
    t.equal(shown(excerptOfHtml('<p>Tout court.</p>', [])), 'Tout court.')
    t.equal(shown(excerptOfHtml('<p>Tout court.</p>', [900])), 'Tout court.')
    const long = `<p>${'très long '.repeat(10_000)}</p>`
    t.ok(shown(excerptOfHtml(long, [15_000])).length < 260)
    t.end()
  })
  t.end()
})
