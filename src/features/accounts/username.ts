import unhomoglyph from 'unhomoglyph'
import type { FieldProblem } from '../../platform/http/errors.ts'

/** Letters and digits of any language, with dots, dashes and underscores inside. */
const SHAPE = /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}._-]*[\p{L}\p{M}\p{N}])$/u

/** Scripts that people write together; a name keeps to one of these sets, so that no letter passes for another's. */
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
  // By extensions, because some letters are of several scripts: the long vowel of スーパー, the tatweel of محمـد.
  (together) => new RegExp(`^[${together.map((script) => `\\p{scx=${script}}`).join('')}\\p{M}\\p{N}._-]+$`, 'u'),
)

const LATIN = /^[a-z0-9]+$/i

/** Names that would pass for the forum itself. */
const RESERVED = new Set(
  [
    ...['admin', 'administrator', 'administrateur', 'administratrice', 'administration', 'root', 'system', 'systeme'],
    ...['moderator', 'moderateur', 'moderatrice', 'moderation', 'staff', 'team', 'equipe', 'support', 'help', 'aide'],
    ...['contrechamp', 'forum', 'official', 'officiel', 'security', 'securite', 'abuse', 'postmaster', 'webmaster'],
    ...['anonymous', 'anonyme', 'everyone', 'tous', 'all', 'here', 'nobody', 'personne', 'deleted', 'supprime'],
    ...['member', 'members', 'membre', 'membres', 'guest', 'invite', 'null', 'undefined', 'me', 'moi', 'police'],
  ].map(usernameKey),
)

/**
 * What all names that look alike share: without case, accents and punctuation, and with the look-alike letters of
 * other scripts (Unicode TS 39, confusables) made one. Two members never have the same; people log in and are
 * mentioned by any spelling of it.
 */
export function usernameKey(username: string): string {
  const key = small([...small(username)].map(lookAlike).join(''))
    .replace(/[i1|]/g, 'l')
    .replaceAll('0', 'o')
  // Some look-alikes only show in what others have become.
  return key === username ? key : usernameKey(key)
}

/** A letter as the Latin one that it looks like, as it is or else as a capital: в is no b, but В is a B. */
function lookAlike(letter: string): string {
  const asIs = seen(letter)
  const asCapital = seen(letter.toUpperCase())
  return !LATIN.test(asIs) && LATIN.test(asCapital) ? asCapital : asIs
}

/** Whether a name looks like one in Latin letters that its key, made of small ones, is not: ΑΝΝΑ, but not άννα. */
function seemsAnother(username: string): boolean {
  const latin = seen(username)
  return LATIN.test(latin) && usernameKey(latin) !== usernameKey(username)
}

/** What somebody takes it for. */
function seen(text: string): string {
  return bare(unhomoglyph(bare(text)))
}

/** By way of capitals, because several small letters may share one: в and ᲀ, ß and ss. */
function small(text: string): string {
  return bare(text).toUpperCase().toLowerCase()
}

function bare(text: string): string {
  return text.normalize('NFKD').replace(/[\p{M}._-]/gu, '')
}

/** What is wrong with a new name; null when nothing is. Whether it is free is asked when it is written. */
export function usernameProblem(username: string): FieldProblem | null {
  if (!SHAPE.test(username) || !/\p{L}/u.test(username)) return { field: 'username', key: 'accounts.name_shape' }
  if (!SCRIPTS.some((script) => script.test(username))) return { field: 'username', key: 'accounts.name_mixed' }
  if (RESERVED.has(usernameKey(username))) return { field: 'username', key: 'accounts.name_reserved' }
  if (seemsAnother(username)) return { field: 'username', key: 'accounts.name_seems_latin' }
  return null
}
