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
  (together) => new RegExp(`^[${together.map((script) => `\\p{Script=${script}}`).join('')}\\p{M}\\p{N}._-]+$`, 'u'),
)

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
  const bare = (text: string) =>
    text
      .normalize('NFKD')
      .replace(/[\p{M}._-]/gu, '')
      .toLowerCase()
  return bare(unhomoglyph(bare(username)))
    .replace(/[i1|]/g, 'l')
    .replaceAll('0', 'o')
}

/** What is wrong with a new name; null when nothing is. Whether it is free is asked when it is written. */
export function usernameProblem(username: string): FieldProblem | null {
  if (!SHAPE.test(username) || !/\p{L}/u.test(username)) return { field: 'username', key: 'accounts.name_shape' }
  if (!SCRIPTS.some((script) => script.test(username))) return { field: 'username', key: 'accounts.name_mixed' }
  if (RESERVED.has(usernameKey(username))) return { field: 'username', key: 'accounts.name_reserved' }
  return null
}
