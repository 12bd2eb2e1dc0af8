import type { FieldProblem } from '../../platform/problem.ts'
import { LANGUAGES } from '../../platform/text/i18n/languages.ts'
import { type MessageKey, translator } from '../../platform/text/i18n/translate.ts'
import { seemsAnother, usernameKey } from './username-key.ts'

/** Letters and digits of any language, with dots, dashes and underscores inside. */
const SHAPE = /^[\p{L}\p{Nd}](?:[\p{L}\p{M}\p{Nd}._-]*[\p{L}\p{M}\p{Nd}])$/u

/** Letters that nobody sees, such as the Hangul fillers. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/u

/** Too many accents on one letter: no language needs them, and they would cover the lines above. */
const PILE = /[\p{Mn}\p{Me}]{3}|\p{M}{4}|\p{Me}/u

/** Scripts that people write together. A name must stay in one of these sets, so that no letter looks like another's. */
const SCRIPTS = [
  ['Latin'],
  ['Cyrillic'],
  ['Greek'],
  ['Arabic'],
  ['Hebrew'],
  ['Armenian'],
  ['Georgian'],
  ['Ethiopic'],
  ['Tifinagh'],
  ['Devanagari'],
  ['Bengali'],
  ['Tamil'],
  ['Thai'],
  ['Hangul', 'Han'],
  ['Hiragana', 'Katakana', 'Han'],
].map(
  // By script extensions, because some letters belong to several scripts: the long vowel of スーパー, the tatweel of محمـد.
  // Digits are 0 to 9 or those of the script: the Bengali ৪ looks like an 8.
  (together) =>
    new RegExp(`^[${[...together, 'Inherited'].map((script) => `\\p{scx=${script}}`).join('')}0-9._-]+$`, 'u'),
)

/**
 * Letters of phonetics, shorthand and old books, which no language uses today. Most look like another letter with a
 * stroke or hook that readers overlook. Without accents.
 */
const BOOKISH =
  /[\u1c80-\u1c8f\u2de0-\u2dff\ua640-\ua69f]|(?![A-Za-zÆæŒœØøĐđÐðÞþŁłĦħŦŧŊŋıĸſßẞƏəƎǝƁɓƊɗƉɖƐɛƆɔƑƒƔɣƝɲƳƴƇƈƤƥƘƙƲʋƖɩƱʊƬƭƷʒ])\p{Script=Latin}/u

/** Names that look like the forum itself, or that stand for everybody or nobody. */
const RESERVED = new Set(
  [
    ...['root', 'system', 'systeme', 'support', 'help', 'aide', 'forum', 'security', 'securite', 'abuse'],
    ...['anonymous', 'anonyme', 'everyone', 'tous', 'all', 'here', 'nobody', 'personne', 'deleted', 'supprime'],
    ...[
      'member',
      'members',
      'membre',
      'membres',
      'membreparti',
      'formermember',
      'ancienmembre',
      'guest',
      'invite',
      'null',
      'undefined',
      'me',
      'moi',
      'police',
    ],
  ].map(usernameKey),
)

/** A name must not begin or end with these, or readers would take its member for staff. */
const STAFF = [
  ...['admin', 'administrator', 'administrateur', 'administratrice', 'administration', 'moderator', 'moderateur'],
  ...['moderatrice', 'moderation', 'equipe', 'staff', 'official', 'officiel', 'officielle', 'webmaster', 'webmestre'],
  ...['админ', 'администратор', 'администрация', 'модератор', 'διαχειριστής', 'συντονιστής', 'مدير', 'مشرف', 'מנהל'],
  ...['管理员', '管理員', '管理者', '版主', '관리자', '운영자', '4dmin'],
  ...['postmaster', 'hostmaster', 'sysadmin', ...LANGUAGES.map((language) => translator(language)('site.name'))],
].map(usernameKey)

/** The same, only as whole words: `modoux` begins with `modo`. */
const STAFF_WORDS = new Set(
  ['modo', 'mod', 'mods', 'team', 'root', 'system', 'systeme', 'support', 'forum', 'security', 'securite'].map(
    usernameKey,
  ),
)

/** The words of a name: separated by punctuation, a capital after a small letter, or a digit beside a letter. */
function wordsOf(username: string): string[] {
  return username
    .replace(/\p{Ll}(?=\p{Lu})/gu, '$&-')
    .replace(/[\p{L}\p{M}](?=\p{Nd})/gu, '$&-')
    .replace(/\p{Nd}(?=\p{L})/gu, '$&-')
    .split(/[._-]+/)
}

/** Whether a name is reserved, or looks like staff. */
function isReserved(username: string): boolean {
  // The address of its page would be the address of another member's feed.
  if (/\.(?:atom|json)$/i.test(username)) return true
  const key = usernameKey(username)
  const one = key.replace(/s$/, '')
  if (RESERVED.has(key) || STAFF_WORDS.has(key)) return true
  if (STAFF.some((word) => key.startsWith(word) || key.endsWith(word) || one.endsWith(word))) return true
  const words = wordsOf(username).map(usernameKey)
  const letters = words.filter((word) => !/^[\dol]*$/.test(word))
  if (words.some((word) => STAFF.includes(word))) return true
  return [letters[0], letters.at(-1)].some((word) => word !== undefined && STAFF_WORDS.has(word))
}

/** The error of a new name; null for none. Whether it is taken shows when it is written. */
export function usernameProblem(username: string): FieldProblem | null {
  const problem = (key: MessageKey): FieldProblem => ({ field: 'username', key })
  if (INVISIBLE.test(username) || !SHAPE.test(username) || !/\p{L}/u.test(username))
    return problem('accounts.name_shape')
  if (PILE.test(username.normalize('NFD'))) return problem('accounts.name_marks')
  if (!SCRIPTS.some((script) => script.test(username))) return problem('accounts.name_mixed')
  if (isReserved(username)) return problem('accounts.name_reserved')
  if (BOOKISH.test(username.normalize('NFKD'))) return problem('accounts.name_mixed')
  if (seemsAnother(username)) return problem('accounts.name_seems_latin')
  return null
}
