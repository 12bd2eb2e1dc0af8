import t from 'tap'
import { shown } from '../../../support/shown.ts'

const code = (language: string, text: string) => shown(`\`\`\`${language}\n${text}\n\`\`\``)

t.test('code whose language is named is marked, to the letter', async (t) => {
  for (const [language, text, marked] of [
    ['js', 'const a = "b<c>&amp;" // hé', ['const', '"b<c>&amp;"', '// hé']],
    ['sql', "select 1 where nom = 'Zoé' -- fin", ['select', 'where', "'Zoé'", '-- fin']],
    ['diff', '-avant\n+après', ['-avant', '+après']],
    ['html', '<script>alert("x")</script>', ['script', '"x"', 'script']],
  ] as const) {
    const fragment = code(language, text)
    t.equal(fragment.querySelector('pre code')?.textContent, `${text}\n`, language)
    t.same(
      [...fragment.querySelectorAll('code span')].map((span) => span.textContent),
      marked,
      language,
    )
    t.equal(fragment.querySelector('code')?.getAttribute('class'), null)
  }
})

t.test('what is not known, or not written by hand, stays as it is', async (t) => {
  for (const [language, text] of [
    ['', 'const a = 1'],
    ['klingon', 'const a = 1'],
    ['constructor', 'const a = 1'],
    ['js', `const a = "${'x'.repeat(300)}"`],
    ['js', Array(1_000).fill('const a = 1').join('\n')],
    ['python', "f'{".repeat(60)],
    ['js', Array(200).fill('`${').join('\n')],
  ] as const) {
    const fragment = code(language, text)
    t.equal(fragment.querySelectorAll('code span').length, 0, language)
    t.equal(fragment.querySelector('code')?.textContent, `${text}\n`)
  }
})

t.test('nobody brings a class of their own', async (t) => {
  const fragment = shown('<code class="language-js button">x</code> <p class="k">y</p> <code class="masthead">z</code>')
  t.equal(fragment.querySelectorAll('[class]').length, 0)
})
