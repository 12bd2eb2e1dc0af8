import fc from 'fast-check'
import t from 'tap'
import { onPage, rendered } from '../../../support/shown.ts'

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
