import fc from 'fast-check'
import t from 'tap'
import { usernameKey, usernameProblem } from '../../../src/features/accounts/username.ts'
import { anySign } from '../../support/any-sign.ts'
import { named } from '../../support/named.ts'

const LATIN = [...'abcdefghijklmnopqrstuvwxyzàâäçéèêëîïôöùûüÿñøåßœæłıšž']
const CYRILLIC = [...'абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґ']
const GREEK = [...'αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώ']
const letter = fc.constantFrom(...LATIN, ...CYRILLIC, ...GREEK)
const name = fc.string({ unit: letter, minLength: 1, maxLength: 30 })

t.test('names that look alike are one name', async (t) => {
  for (const alike of [
    [
      'admin',
      'Admin',
      'ADMIN',
      'ádmîn',
      'a.d-m_i.n',
      'adm1n',
      'admln',
      'аdmin',
      'Αdmin',
      'αdmin',
      'ａｄｍｉｎ',
      'ⓐⓓⓜⓘⓝ',
    ],
    ['Olivier', '0livier', 'оlivier', 'Οlivier', 'OLIVIER', 'O1ivier', 'oIivier'],
    ['Marie', 'Rnarie', 'MARIE', 'Mаrie'],
    ['СССР', 'CCCP', 'cccp'],
    ['Ðavid', 'david'],
    ['ТОМ', 'том', 'TOM', 'Tom'],
    ['Вера', 'вера', 'Bepa'],
    ['Αηηα', 'anna'],
    ['Strauß', 'Strauss', 'STRAUSS'],
    ['Иван', 'иван', 'ИВАН', 'Йван', 'Ҋван'],
    ['Γιώργος', 'ΓΙΩΡΓΟΣ', 'γιωργος'],
    ['ﬁnance', 'finance'],
  ]) {
    t.same(new Set(alike.map(usernameKey)).size, 1, alike.join(' '))
  }
})

t.test('names that do not look alike are not', async (t) => {
  const different = ['zoe', 'zoé2', 'zola', 'marc', 'mark', 'иван', 'ivan', 'мария', 'maria', 'γιώργος', '李', '김']
  t.equal(new Set(different.map(usernameKey)).size, different.length)
})

t.test('the key of a key is the key', async () => {
  const stable = (text: string) => usernameKey(usernameKey(text)) === usernameKey(text)
  fc.assert(fc.property(fc.string({ unit: anySign, maxLength: 30 }), stable), { seed: 1, numRuns: 5_000 })
  fc.assert(fc.property(name, stable), { seed: 1, numRuns: 2_000 })
})

t.test('neither case, nor accents, nor punctuation make another name', async () => {
  const sameKey = fc.property(name, fc.constantFrom('.', '-', '_', '\u0301', '\u0327'), (written, sign) => {
    const key = usernameKey(written)
    const spelt = [
      written.toUpperCase(),
      written.toLowerCase(),
      written.normalize('NFD'),
      written.normalize('NFD').replace(/\p{M}/gu, ''),
      [...written].join(sign),
    ]
    return spelt.every((other) => usernameKey(other) === key)
  })
  fc.assert(sameKey, { seed: 1, numRuns: 2_000 })
})

t.test('people name themselves in their own letters', async (t) => {
  for (const good of [
    ...['Zoé', 'jean-pierre', 'j.p_42', 'Łukasz', 'ñandú', 'O2', 'Иван', 'Γιώργος', 'محمد', 'محمـد', 'שרה', 'Արամ'],
    ...[
      'გიორგი',
      'ሰላም',
      'ⴰⵎⵓⵔ',
      'नीति',
      'தமிழ்',
      'สมชาย',
      '김철수',
      '李小龙',
      'さくら',
      'スーパー',
      '山田花子',
      'Zoe\u0301',
    ],
    ...['Вера', 'Нора', 'ТОМ', 'Άννα', 'νίνα', 'Đorđe', 'Œuvre'],
  ]) {
    t.equal(usernameProblem(good), null, good)
  }
})

const REFUSED: Record<string, string[]> = {
  'accounts.name_shape': [
    ...[
      '',
      'a',
      '.ab',
      'ab.',
      '-ab',
      'ab_',
      'a b',
      'a\tb',
      'ab\n',
      '42',
      '1.2',
      'a@b',
      'a/b',
      '<b>',
      'o’neil',
      'a\u200bb',
    ],
    ...['ab\u202e', '\u0301ab', 'a😀b', 'a#1', '..', 'a\u00a0b', 'ab\0'],
  ],
  'accounts.name_mixed': ['pаul', 'Аlice', 'αlice', 'zoeи', '李zoe', 'さくらzoe', 'иγ', 'محمدzoe', 'paul\u0561'],
  'accounts.name_seems_latin': ['ΑΝΝΑ', 'Νίνα'],
  'accounts.name_reserved': [
    ...[
      'admin',
      'Admin',
      'ADM1N',
      'a-d-m-i-n',
      'âdmin',
      'root',
      'r00t',
      'Modératrice',
      'moderateur',
      'Équipe',
      'contrechamp',
    ],
    ...[
      'ContreChamp',
      'tous',
      'all',
      'Personne',
      'pol1ce',
      'supprimé',
      'me',
      'moi',
      'SUPPORT',
      'null',
      'ме',
      'МЕ',
      'теам',
    ],
  ],
}

for (const [key, names] of Object.entries(REFUSED)) {
  for (const refused of names) {
    t.test(`${named(refused)} is refused: ${key}`, async (t) => {
      t.same(usernameProblem(refused), { field: 'username', key })
    })
  }
}
