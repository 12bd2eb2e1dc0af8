import { diffWordsWithSpace } from 'diff'

/** A piece of text that stayed, came or went between two versions. */
export interface Difference {
  kind: 'same' | 'added' | 'removed'
  text: string
}

/** Beyond this, two texts are not compared: it would take too long, and nobody could read the answer. */
const MOST_EDITS = 2_000

/** What changed from one text to another, word by word; null where too much did, or it takes longer than `milliseconds`. */
export function differences(before: string, after: string, milliseconds = Infinity): Difference[] | null {
  const parts = diffWordsWithSpace(before, after, { maxEditLength: MOST_EDITS, timeout: milliseconds })
  return parts
    ? parts.map(({ added, removed, value }) => ({ kind: added ? 'added' : removed ? 'removed' : 'same', text: value }))
    : null
}
