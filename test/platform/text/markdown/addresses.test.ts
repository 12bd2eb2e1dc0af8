import t from 'tap'
import { named } from '../../../support/named.ts'
import { markup, shown } from '../../../support/shown.ts'

const links = (body: string) =>
  [...shown(body, { language: 'en' }).querySelectorAll('a')].map((link) => [
    link.textContent,
    link.getAttribute('href'),
  ])

const Y = 'https://exemple.fr/y'
const AROUND = [
  ...['«|»', '« |»', '“|”', '‘|’', '„|“', '‹|›', '"|"', "'|'", '(|)', '[|]', '{|}', '<b>|</b>'],
  ...[
    '|…',
    '|...',
    '|،',
    '|؟',
    '|؛',
    '|。',
    '|、',
    '|！',
    '|，',
    '|»,',
    '|”.',
    '|’…',
    '|)…',
    '|]».',
    '|\u200b',
    '|\u200d\ufeff',
    '|\u2060',
    '<iframe src="|"></iframe>',
    '<tt>"|">oui',
    '->|>',
  ],
  ...[
    '（|）',
    '「|」',
    '《|》',
    '【|】',
    '见|。然后',
    '(«|»)',
    '|\u00a0?',
    '|\u202f!',
    '|—',
    '|»\u202f;',
    '**|**',
    '_|_',
    '~~|~~',
  ],
]

for (const around of AROUND) {
  t.test(`${named(around)} is not part of an address`, async (t) => {
    const [before, behind] = around.split('|')
    t.same(links(`Voir ${before}${Y}${behind} ici`), [[Y, Y]])
    t.same(links(`${before}www.exemple.fr/y${behind}`), [['www.exemple.fr/y', 'http://www.exemple.fr/y']])
  })
}

const WHOLE = [
  ...[
    'https://fr.wikipedia.org/wiki/Nice_(ville)',
    'https://exemple.fr/a(b)c',
    'https://exemple.fr/a[1]',
    'https://exemple.fr/?a={b}',
  ],
  ...[
    'https://exemple.fr/l’avis',
    "https://exemple.fr/l'avis",
    'https://exemple.fr/a…b',
    'https://exemple.fr/col·legi',
    'https://préfecture.exemple.fr/é',
  ],
  ...[
    'https://exemple.fr/a_b_',
    'https://exemple.fr/a,b;c:d!e?f',
    'https://exemple.fr/監視',
    'https://exemple.fr/a?b=c&d=e#f',
    'https://exemple.fr/a（b）',
  ],
].map((address) => address.replace(/_$/, '/'))

for (const address of WHOLE) {
  t.test(`${named(address)} is an address as a whole`, async (t) => {
    for (const written of [address, `(${address})`, `«${address}».`]) t.equal(links(written)[0]?.[0], address, written)
  })
}

t.test('two addresses in a sentence without spaces are two links', async (t) => {
  t.same(
    links('见https://exemple.fr/a。然后https://exemple.fr/b').map(([text]) => text),
    ['https://exemple.fr/a', 'https://exemple.fr/b'],
  )
  for (const sign of [',', ';', '|']) t.equal(links(`${Y}${sign}${Y}`).length, 2, sign)
})

t.test('an address that was copied out of a page’s source leads where it did there', async (t) => {
  const typed = 'https://exemple.fr/?a=1&amp;b=2'
  t.same(links(typed), [[typed, 'https://exemple.fr/?a=1&b=2']])
})

const MAILS: [written: string, address: string | null][] = [
  ['prénom@exemple.fr', 'mailto:pr%C3%A9nom@exemple.fr'],
  ['Écrire à prénom_nom@exemple.fr.', 'mailto:pr%C3%A9nom_nom@exemple.fr'],
  ["o'neil@exemple.fr", "mailto:o'neil@exemple.fr"],
  ["'nom@exemple.fr'", 'mailto:nom@exemple.fr'],
  ['d’anais@exemple.fr', 'mailto:anais@exemple.fr'],
  ['«nom@exemple.fr»', 'mailto:nom@exemple.fr'],
  ['*nom@exemple.fr*', 'mailto:nom@exemple.fr'],
  ['a.b+c-d@sous.exemple.fr, ', 'mailto:a.b+c-d@sous.exemple.fr'],
  ['nom@préfecture.fr', 'mailto:nom@xn--prfecture-c4a.fr'],
  ['Écrire à l’Anaïs@exemple.fr', 'mailto:Ana%C3%AFs@exemple.fr'],
  ["d'anais@exemple.fr", null],
  ['o’neil@exemple.fr', null],
  ['élodie.d’arc@exemple.fr', null],
  ["l'artiste@exemple.fr", null],
  ['R&D@exemple.fr', null],
  ['a!b@exemple.fr', null],
  ['a=b@exemple.fr', null],
  ['a@b@exemple.fr', null],
  ['@zoe@exemple.fr', null],
  [`${'a'.repeat(65)}@exemple.fr`, null],
  ['nom@exemple', null],
]

for (const [written, address] of MAILS) {
  t.test(`${named(written)} ${address ? `leads to ${address}` : 'is no link to somebody else'}`, async (t) => {
    t.same(
      links(written).map(([, href]) => href),
      address ? [address] : [],
    )
    t.equal(shown(written, { language: 'en' }).textContent?.trim(), written.replaceAll('*', '').trim())
  })
}

const WRITTEN: [written: string, html: string][] = [
  ['[site](exemple.org/page)', '<a href="https://exemple.org/page">site</a>'],
  ['[site](exemple.org)', '<a href="https://exemple.org">site</a>'],
  ['[site](préfecture.exemple.org/é?a=b#c)', '<a href="https://pr%C3%A9fecture.exemple.org/%C3%A9?a=b#c">site</a>'],
  ['<a href="exemple.org">site</a>', '<a href="https://exemple.org">site</a>'],
  ['[site][1]\n\n[1]: exemple.org/page', '<a href="https://exemple.org/page">site</a>'],
  ['[nom](nom@exemple.org)', '<a href="mailto:nom@exemple.org">nom</a>'],
  ['[tel](tel:+33400000000)', 'tel (tel:+33400000000)'],
  ['[q](?x=1)', 'q (?x=1)'],
  ['[q](../a/é)', 'q (../a/é)'],
  ['[*plan*](rapport.pdf)', '<em>plan</em> (rapport.pdf)'],
  ['[x](//exemple.org)', 'x (//exemple.org)'],
  ['<ftp://x.fr>', 'ftp://x.fr'],
  ['ftp://x.fr/y', 'ftp://x.fr/y'],
  ['[x](https://)', 'x (https://)'],
  ['[x](http:///y)', 'x (http:///y)'],
  ['[x](mailto:)', 'x (mailto:)'],
  ['<a href="javascript:x">y</a>', 'y (javascript:x)'],
  ['![plan](exemple.org/plan.png)', '<a href="https://exemple.org/plan.png">plan (image)</a>'],
  ['[](https://exemple.fr/é)', '<a href="https://exemple.fr/%C3%A9">https://exemple.fr/é</a>'],
  ['<a href="exemple.fr">\u200b</a>', '<a href="https://exemple.fr">https://exemple.fr</a>'],
  ['[![a](https://exemple.fr/b.png)](/c)', '<a href="/c"><span>a (image: https://exemple.fr/b.png)</span></a>'],
  ['![plan](plan.png)', '<span>plan (image: plan.png)</span>'],
]

for (const [written, html] of WRITTEN) {
  t.test(`${named(written)} loses no address`, async (t) =>
    t.equal(markup(written, { language: 'en' }), `<p>${html}</p>`),
  )
}
