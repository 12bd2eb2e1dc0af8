import t from 'tap'
import { markup, shown } from '../../../support/shown.ts'

const INSIDE_A_LINE = [
  ...['strong', 'b', 'em', 'i', 'u', 's', 'del', 'ins', 'mark', 'small', 'sub', 'sup', 'q', 'cite', 'abbr', 'dfn'],
  ...['code', 'kbd', 'samp', 'var', 'bdi', 'bdo', 'time'],
]

for (const tag of INSIDE_A_LINE) {
  t.test(`<${tag}> stays as it was written`, async (t) => {
    t.equal(markup(`un <${tag}>mot</${tag}> ici`), `<p>un <${tag}>mot</${tag}> ici</p>`)
  })
}

const TABLE = '<div role="region" aria-label="Tableau" tabindex="0"><table>'

const BLOCKS = [
  ['<p>mot</p>'],
  ['un<br>deux', '<p>un<br>deux</p>'],
  ['<hr>'],
  ['<blockquote>mot</blockquote>'],
  ['<pre>mot</pre>', '<pre tabindex="0">mot</pre>'],
  ['<ul><li>mot</li></ul>'],
  ['<ol><li>mot</li></ol>'],
  ['<dl><dt>mot</dt><dd>sens</dd></dl>'],
  [
    '<table><caption>titre</caption><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody><tfoot><tr><td>c</td></tr></tfoot></table>',
    `${TABLE}<caption>titre</caption><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody><tfoot><tr><td>c</td></tr></tfoot></table></div>`,
  ],
  ['<details><summary>titre</summary>suite</details>'],
  ['<ruby>字<rp>(</rp><rt>zì</rt><rp>)</rp></ruby>', '<p><ruby>字<rp>(</rp><rt>zì</rt><rp>)</rp></ruby></p>'],
  ['<input type="checkbox" checked>', '<input type="checkbox" checked="" disabled="" aria-label="fait">'],
]

for (const [written = '', kept = written] of BLOCKS) {
  t.test(`${written} is kept`, async (t) => t.equal(markup(written), kept))
}

const ATTRIBUTES: [written: string, selector: string][] = [
  ['<p title="sens">mot</p>', 'p[title=sens]'],
  ['<p lang="en">word</p>', 'p[lang=en]'],
  ['<p dir="rtl">كلمة</p>', 'p[dir=rtl]'],
  ['<h2 lang="en" dir="ltr" title="sens">word</h2>', 'h4[lang=en][dir=ltr][title=sens]'],
  ['<bdo dir="rtl">mot</bdo>', 'bdo[dir=rtl]'],
  ['<ol start="3" reversed type="a"><li>mot</ol>', 'ol[start="3"][reversed][type=a]'],
  ['<ol><li value="7">mot</ol>', 'li[value="7"]'],
  ['<table><tr><td colspan="2" rowspan="3" align="right">mot</table>', 'td[colspan="2"][rowspan="3"][align=right]'],
  ['<details open><summary>mot</summary></details>', 'details[open]'],
  ['<time datetime="2026-03-12">hier</time>', 'time[datetime="2026-03-12"]'],
  ['<del datetime="2026-03-12">mot</del>', 'del[datetime="2026-03-12"]'],
  ['<abbr title="Commission nationale">CNIL</abbr>', 'abbr[title="Commission nationale"]'],
  ['<input type="checkbox" checked disabled>', 'input[type=checkbox][checked][disabled]'],
]

for (const [written, selector] of ATTRIBUTES) {
  t.test(`${written} keeps its attributes`, async (t) => t.ok(shown(written).querySelector(selector)))
}

const ADDRESSES = [
  'https://exemple.fr/a?b=c#d',
  'http://exemple.fr',
  'mailto:quelqu-un@exemple.fr',
  '/threads/12',
  '/',
  '#post-3',
]

t.test('an address is written as every browser takes it', async (t) => {
  for (const written of ['HTTPS://exemple.fr/A', 'ht&#9;tps://exemple.fr/A', '&#1; https://exemple.fr/&#10;A'])
    t.equal(shown(`<a href="${written}">mot</a>`).querySelector('a')?.getAttribute('href'), 'https://exemple.fr/A')
})

for (const address of ADDRESSES) {
  t.test(`a link may lead to ${address}`, async (t) => {
    t.equal(shown(`[mot](${address})`).querySelector('a')?.getAttribute('href'), address)
    t.equal(shown(`<a href="${address}">mot</a>`).querySelector('a')?.getAttribute('href'), address)
  })
}
