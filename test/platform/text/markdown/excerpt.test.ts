import t from 'tap'
import { named } from '../../../support/named.ts'
import { rendered } from '../../../support/shown.ts'

const excerpt = (body: string) => rendered(body, { language: 'en' }).excerpt

const TEXTS: [written: string, excerpt: string][] = [
  ['Une **caméra** de [plus](/x).', 'Une caméra de plus.'],
  ['# Titre\n\nun\ndeux\n\n- trois\n- quatre', 'Titre un deux trois quatre'],
  ['un<br>deux<br/>trois', 'un deux trois'],
  ['<details><summary>un</summary>deux</details>trois', 'un deux trois'],
  ['<dl><dt>un<dd>deux</dl>', 'un deux'],
  ['> Leurs mots\n\nLes miens', 'Les miens'],
  ['Les miens\n\n```\nx = 1\n```', 'Les miens'],
  ['| a |\n|-|\n\nLes miens', 'Les miens'],
  ['- Les miens\n  > Leurs mots', 'Les miens'],
  ['> Leurs mots', 'Leurs mots'],
  ['| a | b |\n|-|-|\n| c | d |', 'a b c d'],
  ['```\nx = 1\n```', 'x = 1'],
  ['La loi[^1] dit x<sup>2</sup>\n\n[^1]: De 1978', 'La loi dit x2'],
  ['> La loi[^1]\n>\n> [^1]: De 1978', 'La loi De 1978'],
  ['| La loi[^1] |\n|-|\n| b[^1] |\n\n[^1]: De 1978', 'La loi b De 1978'],
  ['![plan](/a.png)', 'plan (image)'],
  ['1 < 2 &amp; <b>3</b> <script>4</script>', '1 < 2 & 3 <script>4</script>'],
  ['<b></b> &nbsp;', ''],
  ['---', ''],
]

for (const [written, expected] of TEXTS) {
  t.test(`${named(written)} is announced as «${expected}»`, async (t) => t.equal(excerpt(written), expected))
}

t.test('a long text is cut between words', async (t) => {
  const cut = excerpt('bonjour '.repeat(100))
  t.match(cut, /^(bonjour )+bonjour…$/)
  t.ok(cut.length <= 241)
})

t.test('a long word is cut without breaking a letter', async (t) => {
  const cut = excerpt(`a${'😀'.repeat(200)}`)
  t.match(cut, /^a(😀)+…$/u)
  t.ok(cut.isWellFormed())
})

t.test('a text with few spaces is told as far as there is room', async (t) => {
  for (const body of [
    `Voir https://exemple.fr/${'a/'.repeat(200)}`,
    `注意 ${'監視カメラ。'.repeat(60)}`,
    `@anaïs さん、${'監視'.repeat(200)}`,
    `ดู ${'กล้อง'.repeat(100)}`,
    `a ${'👨‍👩‍👧‍👦'.repeat(60)}`,
  ]) {
    const cut = excerpt(body)
    t.ok(cut.length >= 200 && cut.length <= 241, `${cut.length}`)
    t.notMatch(cut, /\u200d…$/)
  }
})

t.test('what a text holds of signs for the unknown stays', async (t) => {
  t.match(excerpt(`a\ufffdb ${'mot '.repeat(100)}`), /^a\ufffdb mot/)
})
