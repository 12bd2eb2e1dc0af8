import { readFileSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import t from 'tap'
import { CATALOGUES } from '../../../../src/platform/text/i18n/catalogues.ts'
import { templatesIn, wordsIn } from '../../../support/templates.ts'

const FRENCH = CATALOGUES.get('fr') ?? new Map<string, string>()
/** What is counted: `threads.count` of `threads.count_other`. */
const COUNTED = [...FRENCH.keys()].flatMap((key) => (key.endsWith('_other') ? [key.slice(0, -'_other'.length)] : []))

/** The names of messages, without the forms that differ from language to language. */
const namesIn = (catalogue: ReadonlyMap<string, string>): string[] => [
  ...new Set([...catalogue.keys()].map((key) => COUNTED.find((counted) => key.startsWith(`${counted}_`)) ?? key)),
]

for (const [language, catalogue] of CATALOGUES) {
  t.test(`${language}: says the same things as French`, async (t) => {
    t.same(namesIn(catalogue).sort(), namesIn(FRENCH).sort())
  })

  t.test(`${language}: with the same values in them`, async (t) => {
    const values = (text = '') => [...new Set(text.match(/{{\w+}}/g))].sort()
    for (const [key, text] of FRENCH) if (catalogue.has(key)) t.same(values(catalogue.get(key)), values(text), key)
  })

  t.test(`${language}: what is counted has a form for every number`, async (t) => {
    const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions()
    for (const key of COUNTED) {
      for (const category of pluralCategories) t.ok(catalogue.has(`${key}_${category}`), `${key}_${category}`)
    }
  })

  t.test(`${language}: nothing is empty, or has a space too many`, async (t) => {
    for (const [key, text] of catalogue) t.match(text, /^\S(?!.* {2})(?:.*\S)?$/, key)
  })
}

t.test('French has its narrow spaces, and no others before its signs', async (t) => {
  for (const [key, text] of FRENCH) {
    // Operators of the search, as in `author:nom`, are no French.
    t.notMatch(text, /[^\u202f\d][:;!?»](?!\/\/|\w)|«[^\u202f]|'/, key)
  }
})

t.test('every message is said somewhere', async (t) => {
  const files = await Array.fromAsync(glob('{src,views}/**/*.ts'))
  const code = files.map((file) => readFileSync(file, 'utf8')).join('\n')
  const named = new Set([...code.matchAll(/'([a-z_]+\.[a-z_]+)'/g)].map(([, key]) => key))
  const begun = [...code.matchAll(/`([a-z_]+\.(?:[a-z_]+_)?)\$\{/g)].map(([, prefix = '']) => prefix)
  for (const key of FRENCH.keys()) {
    const name = COUNTED.find((counted) => key.startsWith(`${counted}_`)) ?? key
    t.ok(named.has(name) || begun.some((prefix) => name.startsWith(prefix)), key)
  }
  t.notOk(begun.includes('posts.'), 'a whole section is not chosen from')
})

/** What is the same in every language, and attributes that have no value. */
const NAMES = ['API', 'Ctrl', '.json', 'UTF-8', 'backup --to', 'formnovalidate', 'autofocus']

t.test('no template says anything itself: what is said stands in the catalogues', async (t) => {
  t.same(wordsIn(templatesIn('html`<p class="a">Bonjour ${html`<b title="Ici">${name}</b> :`}</p>`')[0] ?? ''), [
    'Bonjour',
  ])
  t.same(wordsIn(templatesIn('html`<b title="Ici">${name}</b> :`')[0] ?? ''), ['Ici', ':'])
  for await (const file of glob('views/**/*.ts')) {
    const words = templatesIn(readFileSync(file, 'utf8')).flatMap(wordsIn)
    t.same(
      words.filter((word) => !NAMES.includes(word)),
      [],
      file,
    )
  }
})
