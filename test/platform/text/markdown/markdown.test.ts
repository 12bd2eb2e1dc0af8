import t from 'tap'
import type { Problem } from '../../../../src/platform/problem.ts'
import { openMarkdown } from '../../../../src/platform/text/markdown/markdown.ts'

const markdown = openMarkdown()
t.teardown(() => markdown.close())

const render = (body: string, by = markdown) =>
  by.render({ body, language: 'fr', mentions: {}, numbers: { path: '/threads/1/posts/', last: 9 } })
/** What its writer is told of a text that cannot be laid out. */
const refusal = (body: string, by = markdown) =>
  render(body, by).then(
    () => null,
    (error: Problem) => [error.status, ...error.fields],
  )
const TOO_COMPLEX = [422, { field: 'body', key: 'posts.too_complex' }]

const PARAGRAPH =
  'Le **conseil** a voté ([voir](https://exemple.fr/a)) : « oui ».\nEt @zoe, au #3, `a = b` ?\n\n- un point\n- *deux*\n\n'

t.test('a post of a hundred kilobytes is shown whole', async (t) => {
  const times = Math.ceil(100_000 / PARAGRAPH.length)
  const { html, excerpt } = await render(PARAGRAPH.repeat(times))
  t.equal(html.split('<strong>conseil</strong>').length - 1, times)
  t.match(excerpt, /^Le conseil a voté/)
})

t.test('texts that would never end are refused, and others are not held up by them', async (t) => {
  const impatient = openMarkdown({ longestRendering: 700 })
  t.teardown(() => impatient.close())
  const endless = ['_a'.repeat(50_000), '<b>'.repeat(15_000)].map((body) => refusal(body, impatient))
  const behind = ['un', 'deux', 'trois'].map((body) => render(body, impatient))
  t.same(await Promise.all(endless), [TOO_COMPLEX, TOO_COMPLEX])
  t.same(
    (await Promise.all(behind)).map(({ excerpt }) => excerpt),
    ['un', 'deux', 'trois'],
  )
})

const WIDE = 2_000

const TOO_MUCH: [what: string, body: string][] = [
  ['quotes in quotes', `${'>'.repeat(20_000)}a`],
  ['more cells than fit in memory', `${'|a'.repeat(WIDE)}\n${'|-'.repeat(WIDE)}\n${'|\n'.repeat(20_000)}`],
  ['fifty times as much HTML', `${'[^1]'.repeat(6_000)}\n\n[^1]: note`],
]

for (const [what, body] of TOO_MUCH) {
  t.test(`${what} are refused, and the next text is rendered`, async (t) => {
    t.same(await refusal(body), TOO_COMPLEX)
    t.equal((await render('Bonjour')).html, '<p>Bonjour</p>\n')
  })
}

t.test('what was made of texts is forgotten, so that however many were before does not count', async (t) => {
  const narrow = openMarkdown({ mostMemory: 64 })
  t.teardown(() => narrow.close())
  for (let before = 0; before < 100; before += 1) await render('*un* '.repeat(400), narrow)
  t.equal((await render('Bonjour', narrow)).html, '<p>Bonjour</p>\n')
})
