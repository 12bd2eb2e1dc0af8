import { LONGEST_TITLE, SHORTEST_TITLE } from '../../limits.ts'
import type { FieldProblem } from '../../platform/problem.ts'
import { isSeen } from '../../platform/text/markdown/is-seen.ts'
import { typesetLine } from '../../platform/text/markdown/typeset.ts'
import { printable } from '../../platform/text/printable.ts'

/** Signs that turn the direction of what stands after them (Unicode bidirectional controls). */
const TURNING = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/** Signs without any width, by which two titles that look the same are not: soft hyphens, fillers, tags, annotations. */
const WITHOUT_WIDTH =
  /[\u00ad\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u2064\u206a-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu

/** Joiners, which Arabic, the scripts of India and emoji are written with, where none of these stands before them. */
const JOINING_NOTHING = /(?<=^|[\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}\p{Nd}\p{P}\p{Z}])[\u200c\u200d]+/gu

/**
 * One line without what nobody sees, with the spaces and quotes that its language is printed with: cleaned again, it stays
 * the same.
 */
export function cleanTitle(title: string, language: string): string {
  const line = printable(title)
    .replace(TURNING, '')
    .replace(WITHOUT_WIDTH, '')
    .replace(JOINING_NOTHING, '')
    .replace(/\s+/g, ' ')
    .trim()
  const printed = typesetLine(line, language)
  // Guillemets take more room than what was typed: they are no reason to refuse a title.
  return printed.length > LONGEST_TITLE ? line : printed
}

/** What is wrong with a cleaned title; null when nothing is. */
export function titleProblem(title: string): FieldProblem | null {
  if (!isSeen(title)) return { field: 'title', key: 'errors.empty' }
  if (title.length < SHORTEST_TITLE)
    return { field: 'title', key: 'errors.too_short', values: { count: SHORTEST_TITLE } }
  if (title.length > LONGEST_TITLE) return { field: 'title', key: 'errors.too_long', values: { count: LONGEST_TITLE } }
  return null
}
