const LONGEST_SLUG = 80

/** Pages that stand where a thread's own would: nobody would reach a thread of that name. */
const TAKEN = new Set(['move'])

/** A title as a part of a path: «La réponse de la mairie» → `la-reponse-de-la-mairie`; letters of any script stay. */
export function slugOf(title: string): string {
  const words = title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .replaceAll('æ', 'ae')
    .replaceAll('ß', 'ss')
    // Composed again, as the addresses of requests come in: another spelling would redirect to itself for ever.
    .normalize('NFC')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
  let slug = ''
  for (const word of words) {
    const longer = slug ? `${slug}-${word}` : word
    if (longer.length > LONGEST_SLUG) break
    slug = longer
  }
  if (TAKEN.has(slug)) return `sujet-${slug}`
  return slug || [...(words[0] ?? '')].slice(0, LONGEST_SLUG / 2).join('') || 'sujet'
}
