import { readFileSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import t from 'tap'
import en from '../../../../src/i18n/en.json' with { type: 'json' }
import fr from '../../../../src/i18n/fr.json' with { type: 'json' }
import { LANGUAGES } from '../../../../src/platform/text/i18n/languages.ts'

type Catalogue = { [name: string]: string | Catalogue }

function messagesOf(catalogue: Catalogue, prefix = ''): [key: string, text: string][] {
  return Object.entries(catalogue).flatMap(([name, inner]): [string, string][] =>
    typeof inner === 'string' ? [[prefix + name, inner]] : messagesOf(inner, `${prefix}${name}.`),
  )
}

const CATALOGUES = { fr: new Map(messagesOf(fr)), en: new Map(messagesOf(en)) }
/** What is counted: `threads.count` of `threads.count_other`. */
const COUNTED = [...CATALOGUES.fr.keys()].flatMap((key) =>
  key.endsWith('_other') ? [key.slice(0, -'_other'.length)] : [],
)

t.test('every language says the same things', async (t) => {
  t.same([...CATALOGUES.en.keys()].sort(), [...CATALOGUES.fr.keys()].sort())
})

t.test('with the same values in them', async (t) => {
  const values = (text = '') => [...new Set(text.match(/{{\w+}}/g))].sort()
  for (const [key, text] of CATALOGUES.fr) t.same(values(CATALOGUES.en.get(key)), values(text), key)
})

for (const language of LANGUAGES) {
  const catalogue = CATALOGUES[language]

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
  for (const [key, text] of CATALOGUES.fr) {
    t.notMatch(text, /[^\u202f\d][:;!?»](?!\/\/)|«[^\u202f]|'/, key)
  }
})

t.test('every message is said somewhere', async (t) => {
  const files = await Array.fromAsync(glob('{src,views}/**/*.ts'))
  const code = files.map((file) => readFileSync(file, 'utf8')).join('\n')
  const named = new Set([...code.matchAll(/'([a-z]+\.[a-z_]+)'/g)].map(([, key]) => key))
  const begun = [...code.matchAll(/`([a-z]+\.(?:[a-z]+_)?)\$\{/g)].map(([, prefix = '']) => prefix)
  for (const key of CATALOGUES.fr.keys()) {
    const name = COUNTED.find((counted) => key.startsWith(`${counted}_`)) ?? key
    t.ok(named.has(name) || begun.some((prefix) => name.startsWith(prefix)), key)
  }
  t.notOk(begun.includes('posts.'), 'a whole section is not chosen from')
})
