import { readFileSync } from 'node:fs'

/** Characters of a text that are looked at: more would not make the guess better. */
export const LOOKED_AT = 1_000

/**
 * For the code of each language (BCP 47): what texts in it score on average, and how typical pieces of words are of it. As
 * it was parsed, because maps take twice the memory; no piece is as long as what an object has of itself.
 */
const TYPICAL: Record<string, { average: number; pieces: Record<string, number> }> = JSON.parse(
  readFileSync(new URL('pieces.json', import.meta.url), 'utf8'),
)

/** A text with fewer different pieces, three or four words, may be a name or in any language. */
const FEWEST_PIECES = 8
/** What a text scores at least of what texts in the language score on average. */
const LEAST_OF_AVERAGE = 0.75
/** By how much another language must score more than the writer's own. */
const CLEARLY_MORE = 0.06

/** The language that a text is in, by its code; the writer's own where it is too short to tell, or in none that we know. */
export function guessLanguage(text: string, writersOwn: string): string {
  const pieces = piecesOf(text.slice(0, LOOKED_AT))
  if (pieces.size < FEWEST_PIECES) return writersOwn
  const scores = new Map(
    Object.entries(TYPICAL).map(([language, typical]) => [language, score(pieces, typical.pieces)]),
  )
  const [best] = [...scores].sort((one, other) => other[1] - one[1])
  if (!best) return writersOwn
  const [language, reached] = best
  const isTypical = reached >= LEAST_OF_AVERAGE * (TYPICAL[language]?.average ?? 1)
  return isTypical && reached - (scores.get(writersOwn) ?? 0) >= CLEARLY_MORE ? language : writersOwn
}

/** What eld's small set leaves out of each score to take less room, and what scales the sum to a number below 1. */
const LEFT_OUT = 53
const SCALE = 25

function score(pieces: ReadonlySet<string>, typical: Record<string, number>): number {
  let sum = 0
  for (const piece of pieces) {
    const found = typical[piece]
    if (found !== undefined) sum += found + LEFT_OUT
  }
  const each = sum / pieces.size
  return each / (each + SCALE)
}

const LONGEST_WORD = 70

/**
 * The different pieces of the words of a text, as eld makes them: four bytes of UTF-8 every three, with a space where a
 * word begins or ends.
 */
export function piecesOf(text: string): Set<string> {
  const pieces = new Set<string>()
  for (const [word] of text.toLowerCase().matchAll(/\p{L}[\p{L}'`’]*/gu)) {
    const bytes = Buffer.from(word).toString('latin1').slice(0, LONGEST_WORD)
    let at = 0
    for (; at + 4 < bytes.length; at += 3) pieces.add((at === 0 ? ' ' : '') + bytes.slice(at, at + 4))
    pieces.add(`${at === 0 ? ' ' : ''}${bytes.length === 3 ? bytes : bytes.slice(-4)} `)
  }
  return pieces
}
