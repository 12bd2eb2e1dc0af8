import { readFileSync } from 'node:fs'

/** How typical each piece of a word is of a language, and what texts in it score on average. */
interface Typical {
  average: number
  pieces: ReadonlyMap<string, number>
}

/** Characters of a text that are looked at: more would not make the guess better. */
export const LOOKED_AT = 1_000

/** By the code of the language (BCP 47). */
const TYPICAL: ReadonlyMap<string, Typical> = readPieces()

function readPieces(): Map<string, Typical> {
  const file: Record<string, { average: number; pieces: Record<string, number> }> = JSON.parse(
    readFileSync(new URL('pieces.json', import.meta.url), 'utf8'),
  )
  return new Map(
    Object.entries(file).map(([language, { average, pieces }]) => [
      language,
      { average, pieces: new Map(Object.entries(pieces)) },
    ]),
  )
}

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
  const scores = new Map([...TYPICAL].map(([language, typical]) => [language, score(pieces, typical)]))
  const [best] = [...scores].sort((one, other) => other[1] - one[1])
  if (!best) return writersOwn
  const [language, reached] = best
  const isTypical = reached >= LEAST_OF_AVERAGE * (TYPICAL.get(language)?.average ?? 1)
  return isTypical && reached - (scores.get(writersOwn) ?? 0) >= CLEARLY_MORE ? language : writersOwn
}

/** What eld's small set leaves out of each score to take less room, and what scales the sum to a number below 1. */
const LEFT_OUT = 53
const SCALE = 25

function score(pieces: ReadonlySet<string>, typical: Typical): number {
  let sum = 0
  for (const piece of pieces) {
    const found = typical.pieces.get(piece)
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
