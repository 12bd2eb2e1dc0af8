import { diffWordsWithSpace } from 'diff'
import type { Change } from '../../../views/posts/changes.ts'

/** Beyond this, two versions are shown one after the other: comparing them would take too long. */
const MOST_EDITS = 4_000

/** What changed from one text to another, word by word. */
export function differences(before: string, after: string): Change[] {
  const parts = diffWordsWithSpace(before, after, { maxEditLength: MOST_EDITS, timeout: 500 })
  if (!parts) {
    return [
      { kind: 'removed', text: before },
      { kind: 'added', text: after },
    ]
  }
  return parts.map(({ added, removed, value }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: value,
  }))
}
