import fc from 'fast-check'
import t from 'tap'
import { visibleText } from '../../../src/platform/text/visible-text.ts'
import { parsed } from '../../support/parsed.ts'

t.test('what is seen of markup', (t) => {
  const examples: [string, string][] = [
    ['<p>Un <em>mot</em> et d’autres.</p>\n<p>Une suite.</p>', 'Un mot et d’autres. Une suite.'],
    ['<p>a &amp;lt; b &lt;b&gt;</p>', 'a &lt; b <b>'],
    ['<p><a href="/x?a=1&amp;b=2" title="a > b">lien</a>.</p>', 'lien.'],
    ['<ul><li>un</li><li>deux</li></ul>', 'un deux'],
    ['mot<sup><a id="note-1" href="#1">1</a></sup> suite', 'mot 1 suite'],
    ['<p>avant <a href="coupé', 'avant'],
    ['<p>12&nbsp;450 €</p>', '12\u00a0450 €'],
    ['', ''],
  ]
  for (const [markup, text] of examples) t.equal(visibleText(markup), text, markup)
  t.end()
})

t.test('is what a browser sees, whatever somebody wrote', async (t) => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme' })), (texts) => {
      const { body } = parsed('')
      for (const text of texts) {
        const paragraph = body.ownerDocument.createElement('p')
        paragraph.title = text
        paragraph.textContent = text
        body.append(paragraph)
      }
      const seen = texts
        .join(' ')
        .replace(/[ \t-\r]+/g, ' ')
        .trim()
      t.equal(visibleText(body.innerHTML), seen)
    }),
    { numRuns: 200 },
  )
})
