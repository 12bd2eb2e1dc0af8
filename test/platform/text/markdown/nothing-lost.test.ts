import fc from 'fast-check'
import t from 'tap'
import { markup, onPage, rendered } from '../../../support/shown.ts'

const TAGS = [
  ...['script', 'style', 'title', 'textarea', 'iframe', 'noembed', 'noframes', 'xmp', 'plaintext', 'template', 'svg'],
  ...[
    'math',
    'video',
    'noscript',
    'select',
    'option',
    'div',
    'span',
    'frameset',
    'body',
    'object',
    'form',
    'x-y',
    'prenom',
  ],
  ...['b', 'i', 'a', 'p', 'pre', 'code', 'kbd', 'table', 'tr', 'td', 'caption', 'li', 'ul', 'dl', 'details', 'summary'],
  ...['section', 'input', 'img', 'ruby', 'rt', 'h2', 'blockquote', 'sup', 'q', 'br', 'hr'],
]
const SIGNS = [
  ...[
    '\n',
    '\n\n',
    '\n',
    '> ',
    '- ',
    '1. ',
    '# ',
    '    ',
    '`',
    '\n```\n',
    '*',
    '**',
    '_',
    '~~',
    '| ',
    '\n|-|-|\n',
    '[',
    ']',
  ],
  ...[
    '](',
    ')',
    '[^1]',
    '\n\n[^1]: ',
    '\n\n[^2]: ',
    '[^2]',
    '\n\n[a]: ',
    '[a]',
    '\n\n[b]: https://exemple.fr/',
    '[b]',
    '![',
  ],
  ...[
    '<!--',
    '<?php ',
    '?>',
    '<!DOCTYPE ',
    '<![CDATA[',
    ']]>',
    '<',
    '>',
    '"',
    "'",
    '«',
    '»',
    '&',
    ';',
    '&copy',
    '@',
    '#1',
    '@zoe',
  ],
  ...[
    'https://exemple.fr/',
    'www.',
    '\\',
    '(',
    ':',
    '...',
    ' ',
    ' ',
    ' ',
    ' ',
    '\n```bash ',
    '\n| a |\n|-|\n| b | ',
    '![x](https://exemple.fr/ "',
    '<a href="',
    '">',
    '<p title=x>',
    '\t',
    '\u200b',
    '…',
  ],
]
const tag = fc.constantFrom(...TAGS.flatMap((name) => [`<${name}>`, `</${name}>`, `<${name}`, `<${name} x=y>`]))
const pieces = fc.array(fc.oneof({ arbitrary: tag, weight: 2 }, { arbitrary: fc.constantFrom(...SIGNS), weight: 3 }), {
  minLength: 1,
  maxLength: 20,
})

/** A post of which every piece is followed by a word that stands nowhere else in it. */
const written = pieces.map((parts) => parts.map((part, index) => `${part}mot${index}x`).join(''))

/** What a reader can find: the text, where links lead, and what is said of a word. */
function found(html: string): string {
  const page = onPage(html)
  const said = [...page.querySelectorAll('[href], [title]')].flatMap((element) => [
    element.getAttribute('href') ?? '',
    element.getAttribute('title') ?? '',
  ])
  return [page.textContent, ...said].join('\n')
}

t.test('no word that was typed is missing from what is shown', async (t) => {
  const nothingLost = fc.asyncProperty(written, async (body) => {
    // Between two of its turns, the document model lets go of what it had to hold.
    await new Promise((resolve) => setImmediate(resolve))
    const shown = found(rendered(body, { language: 'en' }).html)
    const words = body.match(/mot\d+x/g) ?? []
    const lost = words.filter((word) => !shown.includes(word))
    if (lost.length > 0) throw new Error(`${lost.join()} of ${JSON.stringify(body)} in ${shown}`)
  })
  await t.resolves(fc.assert(nothingLost, { seed: 20_261_125, numRuns: 300 }))
})

t.test('what stands beside a fence is the first line of the code, unless it is its language', async (t) => {
  t.equal(markup('```bonjour à tous\noui\n```'), '<pre tabindex="0"><code>bonjour à tousoui</code></pre>')
  t.equal(markup('~~~ls\n~~~'), '<pre tabindex="0"><code>ls</code></pre>')
  t.equal(markup('```rust\noui\n```'), '<pre tabindex="0"><code>oui</code></pre>')
  t.match(
    rendered('```sql essai.sql\nselect 1\n```').html,
    /<code>essai\.sql\n<span class="k">select<\/span> 1\n<\/code>/,
  )
})

t.test('a row keeps what it has beyond the columns of its table, with what links in it', async (t) => {
  const cells = (rows: string) => [...onPage(rendered(`| a | b |\n|---|---|\n${rows}`).html).querySelectorAll('td')]
  const texts = (rows: string) => cells(rows).map((cell) => cell.textContent)
  t.same(texts('| 1 | 2 | *3* | @zoe |\n| 4 |\n5 | 6 ||'), ['1', '2 | 3 | @Zoé', '4', '', '5', '6'])
  t.same(texts('1 | 2 | 3 \\| 4'), ['1', '2 | 3 | 4'])
  t.same(texts('| `un | deux` | trois |'), ['`un', 'deux` | trois'])
  t.equal(cells('| 1 | 2 | @zoe |')[1]?.querySelector('a')?.textContent, '@Zoé')
})

t.test('numbers of a list that are all different stay as they were typed', async (t) => {
  t.equal(markup('3. a\n4. b\n7. c'), '<ol start="3"><li>a</li><li>b</li><li value="7">c</li></ol>')
  t.equal(markup('2) a\n1) b'), '<ol start="2"><li>a</li><li value="1">b</li></ol>')
  t.equal(markup('1. a\n1. b\n2. c'), '<ol><li>a</li><li>b</li><li>c</li></ol>')
})
