import { LONGEST_TITLE, SHORTEST_TITLE } from '../../limits.ts'
import type { FieldProblem } from '../../platform/problem.ts'
import { isSeen } from '../../platform/text/markdown/is-seen.ts'
import { typesetLine } from '../../platform/text/markdown/typeset.ts'
import { printable } from '../../platform/text/printable.ts'

/** Characters that turn the direction of the text after them (Unicode bidirectional controls). */
const TURNING = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/** Invisible characters, with which two equal titles would differ: soft hyphens, fillers, tags, annotations. */
const WITHOUT_WIDTH =
  /[\u00ad\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u2064\u206a-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu

/**
 * Joiners without anything to join. Arabic, Indian scripts and emoji need joiners; after other letters they are
 * invisible.
 */
const JOINING_NOTHING = /(?<=^|[\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}\p{Nd}\p{P}\p{Z}])[\u200c\u200d]+/gu

/**
 * A title on one line, without invisible characters, with the spaces and quotes of its language's typography. Cleaning
 * twice changes nothing.
 */
export function cleanTitle(title: string, language: string): string {
  const line = printable(title)
    .replace(TURNING, '')
    .replace(WITHOUT_WIDTH, '')
    .replace(JOINING_NOTHING, '')
    .replace(/\s+/g, ' ')
    .trim()
  const printed = typesetLine(line, language)
  // Typographic quotes may make it too long. That is no reason to refuse it.
  return printed.length > LONGEST_TITLE ? line : printed
}

/** The error of a cleaned title; null for none. */
export function titleProblem(title: string): FieldProblem | null {
  if (!isSeen(title)) return { field: 'title', key: 'errors.empty' }
  if (title.length < SHORTEST_TITLE)
    return { field: 'title', key: 'errors.too_short', values: { count: SHORTEST_TITLE } }
  if (title.length > LONGEST_TITLE) return { field: 'title', key: 'errors.too_long', values: { count: LONGEST_TITLE } }
  return null
}
