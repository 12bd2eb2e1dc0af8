import { LONGEST_TITLE, SHORTEST_TITLE } from '../../limits.ts'
import type { FieldProblem } from '../../platform/problem.ts'
import { isSeen } from '../../platform/text/markdown/is-seen.ts'
import { typesetLine } from '../../platform/text/markdown/typeset.ts'

/**
 * One line without signs that turn the direction of what stands after it (Unicode bidirectional controls), with the
 * spaces and quotes that its language is printed with: cleaned again, it stays the same.
 */
export function cleanTitle(title: string, language: string): string {
  const line = title
    .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
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
