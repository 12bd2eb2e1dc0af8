import t from 'tap'
import type { Problem } from '../../../../src/platform/problem.ts'
import { openMarkdown } from '../../../../src/platform/text/markdown/markdown.ts'

const markdown = openMarkdown()
t.teardown(() => markdown.close())

const render = (body: string) =>
  markdown.render({ body, language: 'fr', mentions: {}, numbers: { path: '/threads/1/posts/', last: 9 } })
/** What its writer is told of a text that cannot be laid out. */
const refusal = (body: string) =>
  render(body).then(
    () => null,
    (error: Problem) => [error.status, ...error.fields],
  )
const TOO_COMPLEX = [422, { field: 'body', key: 'posts.too_complex' }]

const cells = (wide: number, rows: number) =>
  `${'|a'.repeat(wide)}|\n${'|-'.repeat(wide)}|\n${`${'|a'.repeat(wide)}|\n`.repeat(rows)}`
const filled = (sign: string, size = 119_000) => sign.repeat(Math.floor(size / sign.length))

/** Each took the parser, or the document model, from four seconds to two minutes. */
const KNOTS: [what: string, body: string][] = [
  ['emphasis that never ends', filled('*a_')],
  ['struck words that never end', filled('~a')],
  ['bold in bold', filled('<b>')],
  ['links in bold in links', filled('<a><b>')],
  ['boxes in boxes', filled('<div>\n')],
  ['lists in lists', filled('<ul><li>')],
  ['what is closed in another order', filled('<b><i></b>')],
  ['notes above words in notes', filled('<ruby><rt>')],
  ['half addresses', filled('@a.')],
  ['other half addresses', filled('a@')],
  ['addresses of dots', filled('@a._._')],
  ['one word of thousands of parts', filled('_a')],
  ['lists in quotes in lists', filled('> - ')],
  ['signs of nothing', filled('<')],
  ['a wide table', cells(300, 190)],
]

for (const [what, body] of KNOTS) {
  t.test(`${what} end in time, and a short text beside them is rendered`, async (t) => {
    const knot = refusal(body)
    t.equal((await render('Bonjour')).html, '<p>Bonjour</p>\n')
    t.same(await knot, TOO_COMPLEX)
  })
}

t.test('a gap of a hundred thousand spaces is a gap', async (t) => {
  t.match((await render(`a${' '.repeat(118_000)}b`)).html, /^<p>a +b<\/p>/)
})

t.test('code may hold any number of signs', async (t) => {
  const code = filled('int *a_b = **c; // <b> @x #1\n', 60_000)
  t.match((await render(`\`\`\`\n${code}\n\`\`\``)).html, /^<pre tabindex="0"><code>int \*a_b/)
})
