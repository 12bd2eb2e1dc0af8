import t from 'tap'
import { typesetLine } from '../../../../src/platform/text/markdown/typeset.ts'
import { rendered, shown } from '../../../support/shown.ts'

const said = (body: string, language: 'fr' | 'en' = 'fr') => shown(body, { language }).textContent?.trim()

t.test('straight quotes become those of the language', async (t) => {
  t.equal(said('Essai de "typographie", "là".'), 'Essai de «\u202ftypographie\u202f», «\u202flà\u202f».')
  t.equal(said('"un *deux* trois"'), '«\u202fun deux trois\u202f»', 'around other elements')
  t.equal(said('**"un"** et "`deux`"'), '«\u202fun\u202f» et «\u202fdeux\u202f»')
  t.equal(said('"un\ndeux"'), '«\u202fundeux\u202f»', 'over lines')
  t.equal(said('"un "deux" trois"'), '«\u202fun “deux” trois\u202f»', 'in others')
  t.equal(said('« un "deux" trois »'), '«\u202fun “deux” trois\u202f»')
  t.equal(said('Say "one", "two".', 'en'), 'Say “one”, “two”.')
  t.equal(said('"Oui !" dit-il'), '«\u202fOui\u202f!\u202f» dit-il')
})

t.test('straight apostrophes become curled', async (t) => {
  t.equal(
    said(`l'avis d'"expert", aujourd'hui, l'*été*, d'\`x\``),
    'l’avis d’«\u202fexpert\u202f», aujourd’hui, l’été, d’x',
  )
  t.equal(said("it's not the members' list", 'en'), "it’s not the members' list")
})

const AS_TYPED = [
  ...['`l\'a "b"`', '    l\'a "b"', '```\nl\'a "b"\n```', '<kbd>l\'a "b"</kbd>', '<samp>l\'a "b"</samp>'],
  ...[
    "https://exemple.fr/l'avis",
    "o'neil@exemple.fr",
    "exemple.fr/l'avis",
    '<i lang="en">it\'s "b"</i>',
    'un écran de 12"',
  ],
  ...[
    '"',
    '""',
    '" "',
    'a"b"c',
    'x="y"',
    '12" et 15"',
    '"un',
    'un"',
    "5'",
    "'un'",
    '<div class="a">',
    '"привет"',
    '"مرحبا"',
  ],
]

for (const written of AS_TYPED) {
  t.test(`${written} stays as it was typed`, async (t) => {
    const text = written.replace(/^ +|^```\n|\n```$|`|<\/?(?:kbd|samp|i)[^>]*>/g, '')
    t.equal(said(written), text)
  })
}

t.test('a quote that is never closed changes no other', async (t) => {
  t.equal(said('un "deux\n\n"trois"'), 'un "deux\n«\u202ftrois\u202f»')
  t.equal(said('- "un\n- "deux"').replace(/\s*\n\s*/g, ' '), '"un «\u202fdeux\u202f»')
})

t.test('what is announced of a post is printed in the same way', async (t) => {
  t.equal(
    rendered('parle de « comportements » : l\'"avis" ?').excerpt,
    'parle de «\u202fcomportements\u202f»\u202f: l’«\u202favis\u202f»\u202f?',
  )
})

t.test('a line that was typeset stays as it is', async (t) => {
  for (const line of ['L\'avis "d\'expert" : « là "ici" » ?', '"a "b" c"', 'Un "deux', "l'1"]) {
    for (const language of ['fr', 'en'] as const) {
      const once = typesetLine(line, language)
      t.equal(typesetLine(once, language), once)
    }
  }
})
