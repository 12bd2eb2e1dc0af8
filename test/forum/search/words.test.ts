import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import t from 'tap'
import { bent, indexed, wordsOf } from '../../../src/forum/search/words.ts'
import { startForum } from '../../support/forum.ts'

const texts = (text: string) => {
  const { words, compounds } = wordsOf(text)
  return [words.map((word) => word.text), compounds.map((compound) => compound.text)]
}

t.test('a text is taken apart as people mean it', (t) => {
  const examples: [string, string[], string[]][] = [
    ["L’école, l'école d’Étienne", ['école', 'école', 'étienne'], []],
    ['Saint-Étienne', ['saint', 'étienne'], ['saintétienne']],
    ['la C.N.I.L. et la CNIL', ['la', 'cnil', 'et', 'la', 'cnil'], []],
    ['1 500 000 €, 1.500.000 ou 1500000', ['1500000', '1500000', 'ou', '1500000'], []],
    ['en 2020 150 caméras', ['en', '2020', '150', 'caméras'], []],
    ['L. 251-1', ['l', '251', '1'], ['l2511']],
    ['L251-1', ['l', '251', '1'], ['l2511']],
    ['l’article L. 251-1 du code', ['article', 'l', '251', '1', 'du', 'code'], ['l2511']],
    ['rapport_2023-04.pdf', ['rapport', '2023', '04', 'pdf'], ['rapport202304pdf']],
    ['AXIS Q6135-LE', ['axis', 'q6135', 'le'], ['q6135le']],
    ['aujourd’hui', ['aujourdhui'], []],
    ['the city’s map', ['the', 'city', 'map'], []],
    ['ﬁchier Œuvre ÉTÉ', ['fichier', 'œuvre', 'été'], []],
  ]
  for (const [text, words, compounds] of examples) t.same(texts(text), [words, compounds], text)
  t.equal(bent('policières', 'fr'), 'policier')
  t.equal(bent('installées', 'fr'), 'installe')
  t.equal(bent('employees', 'en'), 'employees')
  t.end()
})

t.test('each word stands where it is said to stand', async (t) => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 200 }), async (text) => {
      for (const { start, end } of wordsOf(text).words) {
        if (!(start >= 0 && start < end && end <= text.length)) throw new Error(`${start} to ${end} of ${text.length}`)
      }
    }),
  )
  t.pass()
})

t.test('PostgreSQL counts the words as they are counted here', async (t) => {
  const { database } = await startForum(t)
  const odd = [
    '1e5 0x1f 12e3 1a2b',
    'a.b.c',
    'foo_bar@x.org http://x.org/a?b=c',
    'α β ж 漢字 ١٢',
    '½ ② ﷺ ㎏ e\u0301',
    '-1 +2 3.14 v1.2.3',
  ]
  const check = async (text: string) => {
    const words = indexed(wordsOf(text), 'other')
    const counted = words === '' ? 0 : words.split(' ').length
    const { rows } = await database.execute<{ last: number | null }>(sql`
      select max(place)::int as last
      from unnest(to_tsvector('simple_words', ${words})) as word cross join unnest(word.positions) as place`)
    t.equal(rows[0]?.last ?? 0, counted, JSON.stringify(text))
  }
  for (const text of odd) await check(text)
  const long = indexed(
    wordsOf(Array.from({ length: 30_000 }, (_, number) => `ﷺ${number.toString(36)}`).join(' ')),
    'fr',
  )
  await t.resolves(
    database.execute(
      sql`select to_tsvector('french_words', ${long}) || to_tsvector('french_words', ${'ﷺ'.repeat(60)})`,
    ),
    'and takes all that it is given',
  )
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 60 }), (text) => check(text)),
    { numRuns: 300 },
  )
})
