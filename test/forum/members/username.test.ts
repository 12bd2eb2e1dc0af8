import fc from 'fast-check'
import t from 'tap'
import { usernameProblem } from '../../../src/forum/members/username.ts'
import { usernameKey } from '../../../src/forum/members/username-key.ts'
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
    ['tom', 'ᴛom', 'ᴛᴏᴍ'],
    ['nora', 'ɴora', 'ɴᴏʀᴀ'],
    ['محمد', 'محمـد', 'محـــمد'],
    ['ニん', 'にん', 'ニン', 'にン'],
    ['日本', '曰本'],
    ['lhugo', 'ǃhugo'],
    ['na', 'ŉa', 'naꞌ'],
    ['william', 'vvilliam', 'VVilliam', 'vvilliarn'],
    ['김철수', '김\u3164철수'],
    ['Kofi', 'Kɔfi', 'KƆFI'],
    ['Yelika', 'Yɛlika', 'Yəlika', 'Yǝlika'],
    ['Nuna', 'Ŋuŋa', 'Ɲʊna'],
    ['Adama', 'Aɗama', 'Aɖama'],
    ['Bakary', 'Ɓaƙarƴ', 'Bakarɣ'],
    ['Pacot', 'Ƥaƈoƭ', 'þacot'],
    ['よっちゃん', 'ヨツチヤン', 'ヨッチャソ', 'よつ千やん'],
    ['ミカ', '三力', 'みヵ'],
    ['シノ', 'ツ丿', 'つの'],
    ['八神才人', 'ハ神オ入'],
  ]) {
    t.same(new Set(alike.map(usernameKey)).size, 1, alike.join(' '))
  }
})

t.test('names that do not look alike are not', async (t) => {
  const different = [
    'zoe',
    'zoé2',
    'zola',
    'marc',
    'mark',
    'иван',
    'ivan',
    'мария',
    'maria',
    'γιώργος',
    '李',
    '김',
    'アキ',
    'アキノ',
  ]
  t.equal(new Set(different.map(usernameKey)).size, different.length)
})

t.test('the key of a key is the key', async (t) => {
  const stable = (text: string) => usernameKey(usernameKey(text)) === usernameKey(text)
  t.doesNotThrow(() =>
    fc.assert(fc.property(fc.string({ unit: anySign, maxLength: 30 }), stable), { seed: 1, numRuns: 5_000 }),
  )
  t.doesNotThrow(() => fc.assert(fc.property(name, stable), { seed: 1, numRuns: 2_000 }))
})

t.test('neither case, nor accents, nor punctuation make another name', async (t) => {
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
  t.doesNotThrow(() => fc.assert(sameKey, { seed: 1, numRuns: 2_000 }))
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
    ...[
      'Modoux',
      'Teamare',
      'Paulaide',
      'Stop-Police',
      'Tousaint',
      'Việt',
      'Nguyễn',
      'ज़ीं',
      'שָׁלוֹם',
      'Forumeuse',
      'أحمد٣',
    ],
    ...[
      'Yɛlika',
      'Kɔfi',
      'Əli',
      'Ŋuma',
      'Ɓiraƴe',
      'Ƙofar',
      'Sɛnɛgali',
      'Ƈoƥaa',
      'ミッチー',
      'ツネオ',
      'Ștefan',
      'Ɗan-Fodio',
      'Ơn',
      'Marlène-S',
    ],
    ...['Вера', 'Нора', 'ТОМ', 'Άννα', 'νίνα', 'Đorđe', 'Œuvre'],
  ]) {
    t.equal(usernameProblem(good), null, good)
  }
})

t.test('whatever stands around them, names of the staff are nobody’s', async (t) => {
  const staff = fc.constantFrom(
    'admin',
    'Administrateur',
    'modérateur',
    'Modératrice',
    'équipe',
    'contrechamp',
    'staff',
  )
  const around = fc.string({ unit: fc.constantFrom(...'abcdefgh0123456789._-'), maxLength: 10 })
  const refused = fc.property(staff, around, fc.boolean(), (word, rest, first) => {
    const name = first ? word + rest : rest + word
    return usernameProblem(name) !== null
  })
  t.doesNotThrow(() => fc.assert(refused, { seed: 1, numRuns: 2_000 }))
})

t.test('no name holds what nobody sees, or a pile of accents', async (t) => {
  const unseen = fc.constantFrom(
    '\u3164',
    '\u115f',
    '\u1160',
    '\uffa0',
    '\u200d',
    '\ufe0f',
    '\u17b4',
    '\u034f',
    '\u00ad',
  )
  const piled = fc.constantFrom('\u0301\u0302\u0303', '\u0323\u0301\u0308\u0304', '\u20dd')
  const refused = fc.property(name, fc.oneof(unseen, piled), fc.nat(30), (written, sign, at) => {
    const place = Math.min(at, written.length)
    return usernameProblem(`${written.slice(0, place)}${sign}${written.slice(place)}`) !== null
  })
  t.doesNotThrow(() => fc.assert(refused, { seed: 1, numRuns: 2_000 }))
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
    ...['\u3164\u3164\u3164', '김\u3164철수', 'paul²', 'Ⅷab'],
    ...['ab\u202e', '\u0301ab', 'a😀b', 'a#1', '..', 'a\u00a0b', 'ab\0'],
  ],
  'accounts.name_mixed': [
    'pаul',
    'Аlice',
    'αlice',
    'zoeи',
    '李zoe',
    'さくらzoe',
    'иγ',
    'محمدzoe',
    'paul\u0561',
    'paul৪',
    'pau\u0967',
    ...['ᶅea', 'ꬷom', 'ɟean', 'ⱥlex', 'ꞣim', 'ᴛom', 'ɾea', 'ʞarim', 'сонᲀ'],
  ],
  'accounts.name_marks': ['z\u0301\u0302\u0303oe', `z${'\u0301'.repeat(28)}`, 'a\u20ddb'],
  'accounts.name_seems_latin': ['ΑΝΝΑ', 'Νίνα'],
  'accounts.name_reserved': [
    ...[
      'aɗmin',
      'Mɔderateur',
      'mɔdɛratɔr_2',
      'fɔrum',
      'équipɛ',
      'les-admins',
      'M0do',
      '4dmin',
      'Админ',
      'Модератор_2',
      '管理员',
      'مدير',
    ],
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
      'Administrateur-Forum',
      'Admin1',
      'Modérateur2',
      'Équipe.Contrechamp',
      'contrechamp_admin',
      'Forum_Nice',
      'nice-team',
      'ᴀᴅᴍɪɴ',
      'ModoNice',
      '4dmin0admin',
      'la-moderation-nice',
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
