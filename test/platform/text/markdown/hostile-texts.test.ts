import fc from 'fast-check'
import t from 'tap'
import { anySign } from '../../../support/any-sign.ts'
import { complaints } from '../../../support/complaints.ts'
import { HOSTILE_TEXTS } from '../../../support/hostile-texts.ts'
import { named } from '../../../support/named.ts'
import { rendered } from '../../../support/shown.ts'

t.test('what would be dangerous is seen', async (t) => {
  const link = (href: string) => `<a href="${href}" rel="nofollow ugc noopener">a</a>`
  t.same(complaints(`<p title="a">${link('https://exemple.fr')}${link('/b')}${link('#note-1')}</p>`), [])
  const dangerous = [
    ...[
      '<script>a</script>',
      '<p onclick="a">b</p>',
      '<b style="a">b</b>',
      '<img src="/a">',
      '<svg></svg>',
      '<!--a-->',
    ],
    ...['<b id="main">a</b>', '<input type="text" disabled="">', '<input type="checkbox">', '<a href="/b">a</a>'],
    ...[
      link('javascript:a'),
      link('java\tscript:a'),
      link('//a.fr'),
      link('/\\a.fr'),
      link('/\t/a.fr'),
      link('data:a'),
    ],
    ...['<p><p>a</p></p>', '</div>a', '</div></article></main><main>a', '<li><li>a</li></li>'],
  ]
  for (const html of dangerous) t.not(complaints(html).length, 0, named(html))
})

for (const text of HOSTILE_TEXTS) {
  t.test(`${named(text)} does no harm`, async (t) => {
    t.same(complaints(rendered(text).html), [])
    t.same(
      complaints(rendered(`- a\n\n  > ${text}\n\n| ${text} |\n|-|\n| ${text}`).html),
      [],
      'nor inside other things',
    )
  })
}

const TAGS = [
  ...['p', 'i', 'b', 'a', 'table', 'tr', 'td', 'th', 'tbody', 'caption', 'li', 'ul', 'dl', 'dd', 'section', 'details'],
  ...['summary', 'ruby', 'rt', 'h1', 'h2', 'pre', 'img', 'input', 'svg', 'math', 'style', 'template', 'noscript'],
  ...['select', 'option', 'button', 'form', 'object', 'mtext', 'mi', 'title', 'textarea', 'foreignObject', 'nobr'],
  ...['body', 'html', 'frameset', 'div', 'font', 'center', 'marquee', 'xmp', 'iframe', 'annotation-xml', 'mglyph'],
]
const ATTRIBUTES = `id=x title='"><b' href=/ src=/x type=checkbox onclick=x style=x data-footnotes encoding=text/html`
const SIGNS = [
  ...[
    '\n',
    '\n\n',
    '> ',
    '- ',
    '1. ',
    '| ',
    '\n|-|\n',
    '`',
    '\n```\n',
    '[',
    '](',
    ')',
    '![',
    '[^1]',
    '\n[^1]: ',
    '*',
    '**',
  ],
  ...['~~', '# ', '@zoe', '#1', '&lt;', '&', ';', '<!--', '-->', '<', '>', '/>', '"', "'", '=', '\\', '    ', '\t'],
  ...['https://a.example/', 'www.', 'javascript:', '//', '\u00a0', '\u2028', '\u200b', '\u202e', '\u017f', '\ufeff'],
]
const tag = fc.constantFrom(...TAGS.flatMap((name) => [`<${name}>`, `</${name}>`, `<${name} ${ATTRIBUTES}>`]))
const whole = fc.constantFrom(...HOSTILE_TEXTS)
const part = fc.tuple(whole, fc.nat(), fc.nat()).map(([text, from, length]) => {
  const start = from % text.length
  return text.slice(start, start + 1 + (length % text.length)).toWellFormed()
})
const anything = fc.string({ unit: anySign, maxLength: 8 })
const text = fc
  .array(
    fc.oneof(
      { arbitrary: tag, weight: 6 },
      { arbitrary: fc.constantFrom(...SIGNS), weight: 4 },
      { arbitrary: part, weight: 4 },
      { arbitrary: whole, weight: 2 },
      { arbitrary: anything, weight: 1 },
    ),
    { minLength: 1, maxLength: 24 },
  )
  .map((parts) => parts.join(''))

t.test('nor does anything made of pieces of them', async (t) => {
  const harmless = fc.asyncProperty(text, fc.constantFrom('fr', 'en'), async (body, language) => {
    // Between two of its turns, the document model lets go of what it had to hold.
    await new Promise((resolve) => setImmediate(resolve))
    const found = complaints(htmlOrNothing(body, language))
    if (found.length > 0) throw new Error(found.join('\n'))
  })
  // A failure tells its seed and the path to it; other seeds find other texts.
  await t.resolves(fc.assert(harmless, { seed: 20_260_312, numRuns: 300 }))
})

/** A text that cannot be laid out is refused, which does no harm either. */
function htmlOrNothing(body: string, language: 'fr' | 'en'): string {
  try {
    return rendered(body, { language }).html
  } catch (error) {
    if (error instanceof RangeError) return ''
    throw error
  }
}
