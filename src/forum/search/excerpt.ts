import { shortened } from '../../platform/text/shortened.ts'
import { visibleText } from '../../platform/text/visible-text.ts'
import { type Word, wordsOf } from './words.ts'

/** A piece of an excerpt, marked if it is one of the words in the query. */
export interface Piece {
  text: string
  marked: boolean
}

const LONGEST_EXCERPT = 240
/** Characters of a rendered body that are searched for an excerpt. */
export const READ_FOR_EXCERPT = 60_000
/** Characters before the first marked word. */
const BEFORE = 60

/**
 * The part of a rendered text around the found words.
 * @param places of those words among all its words and compounds, counted from 1, as PostgreSQL stores them.
 */
export function excerptOfHtml(html: string, places: readonly number[]): Piece[] {
  const isCut = html.length >= READ_FOR_EXCERPT
  return excerptOf(visibleText(html), places, isCut)
}

/** The same for a line such as a title, which is never cut. */
export const markedLine = (line: string, places: readonly number[]): Piece[] =>
  markedIn(line, 0, line.length, found(line, places, false))

function excerptOf(text: string, places: readonly number[], isCut: boolean): Piece[] {
  const marks = found(text, places, isCut)
  const from = beginning(text, marks)
  const cut = shortened(text.slice(from), LONGEST_EXCERPT)
  const whole = text.slice(from) === cut
  const pieces = markedIn(text, from, from + cut.length - (whole ? 0 : 1), marks)
  return [...(from > 0 ? [plain('…')] : []), ...pieces, ...(whole ? [] : [plain('…')])]
}

const plain = (text: string): Piece => ({ text, marked: false })

/**
 * The words at these places in the order of the text, without words inside others. Compounds are counted after all
 * words, so in a cut text their places are unknown.
 */
function found(text: string, places: readonly number[], isCut: boolean): Word[] {
  if (places.length === 0) return []
  const { words, compounds } = wordsOf(text)
  const all: Word[] = isCut ? words : [...words, ...compounds]
  const marks = places
    .flatMap((place) => all[place - 1] ?? [])
    .sort((one, other) => one.start - other.start || other.end - one.end)
  let end = 0
  return marks.filter((mark) => {
    if (mark.start < end) return false
    end = mark.end
    return true
  })
}

/** The start of the part with most of the words: at the beginning of a word, shortly before the first mark. */
function beginning(text: string, marks: readonly Word[]): number {
  let best: { start: number; held: number } = { start: 0, held: 0 }
  let last = 0
  for (const [first, { start }] of marks.entries()) {
    while ((marks[last]?.end ?? Number.POSITIVE_INFINITY) < start + LONGEST_EXCERPT - BEFORE) last += 1
    if (last - first > best.held) best = { start, held: last - first }
  }
  if (best.start <= BEFORE) return 0
  const space = text.indexOf(' ', best.start - BEFORE)
  return space >= 0 && space < best.start ? space + 1 : best.start
}

function markedIn(text: string, from: number, to: number, marks: readonly Word[]): Piece[] {
  const pieces: Piece[] = []
  let at = from
  for (const { start, end } of marks) {
    if (start < at || end > to) continue
    if (start > at) pieces.push(plain(text.slice(at, start)))
    pieces.push({ text: text.slice(start, end), marked: true })
    at = end
  }
  if (at < to) pieces.push(plain(text.slice(at, to)))
  return pieces
}
