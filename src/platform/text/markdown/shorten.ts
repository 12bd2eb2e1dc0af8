import { cutText, endOf } from '../shortened.ts'
import type { Difference } from './differences.ts'

/** What stayed is shown so far on each side of what changed. */
const AROUND = 300
/** Characters and pieces of one version, where several stand on a page. */
const LONGEST = 6_000
const MOST_PIECES = 300

/** Where something was left out. */
export interface LeftOut {
  kind: 'left_out'
}

export type ShownDifference = Difference | LeftOut

/** The differences of a long text so that several such stand on one page: nothing of a short one is left out. */
export function shorten(parts: readonly Difference[]): ShownDifference[] {
  if (parts.length <= MOST_PIECES && sizeOf(parts) <= LONGEST) return [...parts]
  const shown: ShownDifference[] = []
  let left = LONGEST
  for (const [index, part] of parts.entries()) {
    const pieces = part.kind === 'same' ? ends(part.text, index > 0, index < parts.length - 1) : [part.text]
    for (const [place, piece] of pieces.entries()) {
      if (place > 0) shown.push({ kind: 'left_out' })
      if (piece) shown.push({ kind: part.kind, text: cutText(piece, left) })
      left -= piece.length
      if (left <= 0 || shown.length > MOST_PIECES) return [...shown, { kind: 'left_out' }]
    }
  }
  return shown
}

/** The ends of a long piece that stayed: what stands after a change, and what stands before the next. */
function ends(text: string, follows: boolean, precedes: boolean): string[] {
  if (text.length <= 2 * AROUND) return [text]
  return [follows ? cutText(text, AROUND) : '', precedes ? endOf(text, AROUND) : '']
}

const sizeOf = (parts: readonly Difference[]): number => parts.reduce((sum, { text }) => sum + text.length, 0)
