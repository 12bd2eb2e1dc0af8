import { cutText } from '../../platform/text/shortened.ts'

const LONGEST_SLUG = 80

/** Pages beside a thread’s own, `/threads/:id/move`: a thread of that name could not be reached. A test compares them with the routes. */
const RESERVED = new Set(['move'])

/** Letters of these read as well without their marks: é is e in an address. */
const WITH_MARKS = /([\p{Script=Latin}\p{Script=Greek}])\p{M}+/gu
/** Marks of no script of their own, once those that make a letter (й, ガ) are part of it. */
const LOOSE_MARKS = /(?=\p{M})\p{Script=Inherited}/gu
const WORDS = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu

/**
 * A title as a part of a path: «La réponse de la mairie» → `la-reponse-de-la-mairie`. Letters of any script stay, with
 * the vowel signs of those that have them.
 */
export function slugOf(title: string): string {
  const plain = title
    .normalize('NFKD')
    .replace(WITH_MARKS, '$1')
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .replaceAll('æ', 'ae')
    .replaceAll('ß', 'ss')
    // Composed again, as the addresses of requests come in: another spelling would redirect to itself for ever.
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
