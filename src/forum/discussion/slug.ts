import { cutText } from '../../platform/text/shortened.ts'

const LONGEST_SLUG = 80

/**
 * Words after `/threads/:id/` that are pages of their own. A thread with such a slug could not be reached. A test
 * compares them with the routes.
 */
const RESERVED = new Set(['move'])

/** Latin and Greek letters are readable without marks: é becomes e in an address. */
const WITH_MARKS = /([\p{Script=Latin}\p{Script=Greek}])\p{M}+/gu
/** Marks that belong to no script, after those that are part of a letter (й, ガ) are composed with it. */
const LOOSE_MARKS = /(?=\p{M})\p{Script=Inherited}/gu
const WORDS = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu

/**
 * A title as a part of an address: «La réponse de la mairie» → `la-reponse-de-la-mairie`. Keeps letters of all scripts,
 * with their vowel signs.
 */
export function slugOf(title: string): string {
  const plain = title
    .normalize('NFKD')
    .replace(WITH_MARKS, '$1')
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .replaceAll('æ', 'ae')
    .replaceAll('ß', 'ss')
    // Composed, as browsers send addresses. A decomposed slug would redirect to itself for ever.
    .normalize('NFC')
    .replace(LOOSE_MARKS, '')
    .normalize('NFC')
  const words: string[] = plain.match(WORDS) ?? []
  let slug = ''
  for (const word of words) {
    const longer = slug ? `${slug}-${word}` : word
    if (longer.length > LONGEST_SLUG) break
    slug = longer
  }
  if (RESERVED.has(slug)) return `sujet-${slug}`
  return slug || beginningOf(words[0] ?? '') || 'sujet'
}

function beginningOf(word: string): string {
  const letters = [...word].slice(0, LONGEST_SLUG / 2).join('')
  return cutText(word, letters.length)
}
