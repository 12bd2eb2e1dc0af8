import t from 'tap'
import { named } from '../../../support/named.ts'
import { markup, rendered, shown } from '../../../support/shown.ts'

const WRITTEN: [what: string, written: string, html: string][] = [
  ['a paragraph', 'un\n\ndeux', '<p>un</p><p>deux</p>'],
  ['a line break, typed as one', 'un\ndeux', '<p>un<br>deux</p>'],
  ['emphasis', '*a* **b** ~~c~~', '<p><em>a</em> <strong>b</strong> <del>c</del></p>'],
  ['a quote in a quote', '> a\n> > b', '<blockquote><p>a</p><blockquote><p>b</p></blockquote></blockquote>'],
  ['lists', '- a\n  1. b', '<ul><li>a<ol><li>b</li></ol></li></ul>'],
  ['a list that goes on from another', '3. a\n4. b', '<ol start="3"><li>a</li><li>b</li></ol>'],
  ['a rule', '---', '<hr>'],
  ['code', '`a < b & c`', '<p><code>a &lt; b &amp; c</code></p>'],
  ['a link with a title', '[a](/b "c")', '<p><a href="/b" title="c">a</a></p>'],
  ['a link by reference', '[a][b]\n\n[b]: /c', '<p><a href="/c">a</a></p>'],
  ['signs that stand for themselves', '\\*a\\* &lt;b&gt; 1 < 2', '<p>*a* &lt;b&gt; 1 &lt; 2</p>'],
  ['an address', 'https://exemple.fr/a_b_c', '<p><a href="https://exemple.fr/a_b_c">https://exemple.fr/a_b_c</a></p>'],
  [
    'an address before a full stop',
    'voir https://exemple.fr.',
    '<p>voir <a href="https://exemple.fr">https://exemple.fr</a>.</p>',
  ],
  ['an address without a scheme', 'www.exemple.fr', '<p><a href="http://www.exemple.fr">www.exemple.fr</a></p>'],
  ['an email address', 'a.b@exemple.fr', '<p><a href="mailto:a.b@exemple.fr">a.b@exemple.fr</a></p>'],
]

for (const [what, written, html] of WRITTEN) {
  t.test(`writes ${what}`, async (t) => t.equal(markup(written), html))
}

t.test('fenced code is kept to the letter, whatever language it says it is in', async (t) => {
  const code = shown('```html onclick="x"\n<b>  @zoe #1 : «a»\n```').querySelector('pre > code')
  t.equal(code?.textContent, 'onclick="x"\n<b>  @zoe #1 : «a»\n')
  t.same(code?.getAttributeNames(), [])
})

t.test('a table keeps how its columns stand', async (t) => {
  const table = shown('| a | b | c | d |\n|:--|:-:|--:|---|\n| 1 | 2 | 3 | 4 |\n| \\| | |')
  const rows = [...table.querySelectorAll('tr')]
  const aligned = (row: Element | undefined) => [...(row?.children ?? [])].map((cell) => cell.getAttribute('align'))
  t.same(rows.map(aligned), Array(3).fill(['left', 'center', 'right', null]))
  t.same(
    rows.map((row) => [...row.children].map((cell) => cell.textContent).join()),
    ['a,b,c,d', '1,2,3,4', '|,,,'],
  )
})

t.test('@name leads to the member, under the name that they have', async (t) => {
  const zoe = '<a href="/members/Zo%C3%A9">@Zoé</a>'
  t.equal(
    markup('Merci @zoe, (@Zoé) *@zoe* «@zoe» @zoe. @zoe: @zoe!'),
    `<p>Merci ${zoe}, (${zoe}) <em>${zoe}</em> «${zoe}» ${zoe}. ${zoe}: ${zoe}!</p>`,
  )
  t.equal(markup('@zoe\n@zoe'), `<p>${zoe}<br>${zoe}</p>`)
  t.equal(markup('# @zoe'), `<h3>${zoe}</h3>`)
})

t.test('a name that is nobody’s stays text', async (t) => {
  for (const text of ['@bob', '@zoee', '@zoe-x', '@', '@@zoe', '@constructor', '@__proto__', '@ zoe']) {
    t.equal(markup(text), `<p>${text.replace('__proto__', '<strong>proto</strong>')}</p>`)
  }
})

const NOT_A_MENTION = ['a@zoe', 'é@zoe', '1@zoe', 'https://exemple.fr/@zoe', 'a@zoe.fr', 'x.y+z@zoe.org', '\\@zoe']

for (const text of [
  ...NOT_A_MENTION,
  '`@zoe`',
  '    @zoe',
  '```\n@zoe\n```',
  '<kbd title="@zoe">a</kbd>',
  '&commat;zoe',
]) {
  t.test(`${named(text)} mentions nobody`, async (t) => {
    t.equal(shown(text).querySelector('a[href^="/members"]'), null)
  })
}

const ELSEWHERE = [
  ...['@zoe@mastodon.social', '@zoe@exemple.fr.', '@zoe.@exemple.fr', '@zoe:matrix.org', '@zoe:8080', '@zoe/paquet'],
  ...['npm i @zoe/paquet@1.2', '(@zoe@mastodon.social)', '**@zoe@mastodon.social**', '#1@exemple.fr', '#1/2'],
  ...['#1:matrix.org', 'https://exemple.fr/#1'],
]

for (const text of ELSEWHERE) {
  t.test(`${named(text)} is a name of somewhere else`, async (t) => {
    const { html, mentioned } = rendered(text)
    t.notMatch(html, /href="\/(?:members|threads)/)
    t.same(mentioned, [])
    t.match(shown(text).textContent, text.replaceAll('*', ''), 'and stays as it was typed')
  })
}

for (const tag of ['code', 'kbd', 'samp', 'pre']) {
  t.test(`nobody is called and no post is named in <${tag}>`, async (t) => {
    for (const written of [
      `un <${tag}>@zoe #1</${tag}>`,
      `<${tag}>\n\n@zoe #1\n\n</${tag}>`,
      `<${tag}><b>@zoe #1</b></${tag}>`,
    ]) {
      const { html, mentioned } = rendered(written)
      t.equal(html.includes('<a '), false, written)
      t.same(mentioned, [], written)
    }
    t.match(shown(`un <${tag}>@zoe #1</${tag}>`).textContent, '@zoe #1', 'what is typed is shown to the letter')
    t.same(rendered(`un <${tag}>a</${tag}> @zoe`).mentioned, ['Zoé'])
  })
}

t.test('who is named in a quote is not called', async (t) => {
  for (const written of [
    '> @zoe',
    '<q>@zoe</q>',
    '<blockquote>@zoe</blockquote>',
    '- > *@zoe*',
    '<q><b>@zoe</b></q>',
  ]) {
    t.same(rendered(written).mentioned, [], written)
  }
  t.same(rendered('<q>a</q> @zoe: oui').mentioned, ['Zoé'])
})

t.test('#12 leads to that post of the thread', async (t) => {
  const link = (number: number) => `<a href="/threads/7/posts/${number}">#${number}</a>`
  t.equal(markup('Voir #1, #12 et (#3).'), `<p>Voir ${link(1)}, ${link(12)} et (${link(3)}).</p>`)
  t.equal(
    markup('- #2\n\n| #3 |\n|-|'),
    `<ul><li>${link(2)}</li></ul><div role="region" aria-label="Tableau" tabindex="0"><table><thead><tr><th>${link(3)}</th></tr></thead></table></div>`,
  )
})

for (const text of [
  '#13',
  '#0',
  '#01',
  '#-1',
  '#1a',
  '#1é',
  'a#1',
  '&#35;1',
  '/#1',
  '##1',
  '#9999999999',
  '`#1`',
  '\\#1',
]) {
  t.test(`${text} is no post of this thread`, async (t) => t.equal(shown(text).querySelector('a'), null))
}

t.test('where there is no thread yet, #1 is text', async (t) => {
  t.equal(markup('voir #1', { numbers: null }), '<p>voir #1</p>')
})

t.test('a link holds no other', async (t) => {
  t.equal(markup('[de @zoe à #1](/x)'), '<p><a href="/x">de @zoe à #1</a></p>')
  t.equal(
    markup('<a href="/x">de @zoe à #1</a> #2'),
    '<p><a href="/x">de @zoe à #1</a> <a href="/threads/7/posts/2">#2</a></p>',
  )
})

t.test('a reference that is none of HTML’s is shown as it was typed', async (t) => {
  for (const name of ['copycat', 'regional', 'notit', 'section', 'parameter', 'zoe', 'amplitude', 'Copy', 'x1']) {
    for (const written of [`&${name};`, `*&${name};*`, `[&${name};](/x)`, `> &${name};`, `\`&${name};\``]) {
      t.equal(shown(written).textContent?.trim(), `&${name};`, written)
    }
  }
  t.equal(markup('&eacute;&amp;&lt;&copy;&semi;&nbsp;&#233;&#xe9;&NotEqualTilde;'), '<p>é&amp;&lt;©;&nbsp;éé≂̸</p>')
  t.equal(
    shown('https://exemple.fr/?a=1&copy=2').querySelector('a')?.getAttribute('href'),
    'https://exemple.fr/?a=1&copy=2',
  )
})

t.test('a tag that is none of HTML’s is what somebody meant to be read', async (t) => {
  t.equal(markup('<avec> soin'), '<p>&lt;avec&gt; soin</p>')
  t.equal(
    markup('Cher <Nom-du-Maire>, **bonjour** </Nom-du-Maire>'),
    '<p>Cher &lt;Nom-du-Maire&gt;, <strong>bonjour</strong> &lt;/Nom-du-Maire&gt;</p>',
  )
  t.equal(markup('Map<string, Set<number>>'), '<p>Map&lt;string, Set&lt;number&gt;&gt;</p>')
  t.equal(markup('<blink onclick="x">a</blink>'), '<p>&lt;blink onclick="x"&gt;a&lt;/blink&gt;</p>')
})
