import unhomoglyph from 'unhomoglyph'

const LATIN = /^[a-z0-9]+$/i

/** Small capitals, which are separate letters in Unicode. */
const SMALL_CAPITALS = new Map(
  [
    'ᴀa',
    'ʙb',
    'ᴃb',
    'ᴄc',
    'ᴅd',
    'ᴆd',
    'ᴇe',
    'ꜰf',
    'ɢg',
    'ʛg',
    'ʜh',
    'ɪl',
    'ᴊj',
    'ᴋk',
    'ʟl',
    'ᴌl',
    'ᴍm',
    'ɴn',
    'ᴎn',
    'ᴏo',
  ]
    .concat(['ᴐo', 'ᴘp', 'ꞯq', 'ʀr', 'ʁr', 'ᴙr', 'ꜱs', 'ᴛt', 'ᴜu', 'ᴠv', 'ᴡw', 'ʏy', 'ᴢz', 'ᴣz'])
    .map(([from = '', to = '']) => [from, to]),
)

/**
 * Letters of African, Turkic and Nordic languages. They may be in a name, but the key replaces them by the letter that
 * most people read and type there: Kɔfi is Kofi. Unicode's list already has those with a hook (ɓ, ɗ, ƙ, ƴ).
 */
const READ_AS = ['ɛe', 'ꞓe', 'ɔo', 'ŋn', 'ʊu', 'əe', 'ǝe', 'þp', 'ĸk', 'ƈc']

/** East Asian signs that look alike: kanji, small and large kana, kana and kanji. */
const SAME_SIGN = new Map(
  [
    ...READ_AS,
    ...['曰日', '末未', '士土', '已己', '巳己', '戌戊', '戍戊', '入人', '干千', '于千', '壬王'],
    ...['ァア', 'ィイ', 'ゥウ', 'ェエ', 'ォオ', 'ッツ', 'ャヤ', 'ュユ', 'ョヨ', 'ヮワ', 'ヵカ', 'ヶケ', 'ソン', 'シツ'],
    // Otherwise the first would count as punctuation, which the key leaves out.
    ...['ノ乃', '丿乃', 'チ千', '三ミ', '才オ', '七セ', '匕ヒ', '厶ム'],
  ].map(([from = '', to = '']) => [from, to]),
)

const HIRAGANA = /[\u3041-\u3096]/g
const KATAKANA_DISTANCE = 0x60
const TATWEEL = 'ـ'

/**
 * The key that all names that look alike share: without case, accents and punctuation, and with look-alike letters of
 * other scripts (Unicode TS 39, confusables) replaced. It is unique among members. People log in and are mentioned by
 * any spelling with this key.
 */
export function usernameKey(username: string): string {
  const key = small([...small(username)].map(lookAlike).join(''))
    .replace(/[i1|!]/g, 'l')
    .replaceAll('0', 'o')
    .replaceAll('vv', 'w')
    // Some letters look like an apostrophe: ŉ, ꞌ.
    .replace(/[^\p{L}\p{N}]/gu, '')
  // Again, because the first replacement may make new look-alikes.
  return key === username ? key : usernameKey(key)
}

/** The Latin letter that a letter looks like, as it is or as a capital: в does not look like b, but В looks like B. */
function lookAlike(letter: string): string {
  const asIs = seen(letter)
  const asCapital = seen(letter.toUpperCase())
  return !LATIN.test(asIs) && LATIN.test(asCapital) ? asCapital : asIs
}

/** Whether a name looks like a Latin one although its key, from small letters, does not: ΑΝΝΑ, but not άννα. */
export function seemsAnother(username: string): boolean {
  const latin = seen(username)
  return LATIN.test(latin) && usernameKey(latin) !== usernameKey(username)
}

/** What a reader takes a text for. */
function seen(text: string): string {
  return bare(unhomoglyph(bare(text)))
}

/** Lower case by way of upper case, because several small letters may share a capital: в and ᲀ, ß and ss. */
function small(text: string): string {
  return bare(text).toUpperCase().toLowerCase()
}

function bare(text: string): string {
  const letters = text
    .normalize('NFKD')
    .replace(/[\p{M}\p{Default_Ignorable_Code_Point}._-]/gu, '')
    .replaceAll(TATWEEL, '')
  const katakana = letters.replace(HIRAGANA, (sign) => String.fromCharCode(sign.charCodeAt(0) + KATAKANA_DISTANCE))
  return [...katakana].map((sign) => SMALL_CAPITALS.get(sign) ?? SAME_SIGN.get(sign) ?? sign).join('')
}
