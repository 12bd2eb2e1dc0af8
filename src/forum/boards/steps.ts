import type { Step } from '../step.ts'

/** A change of a board by an admin, with the values before and after. */
export interface BoardChange {
  kind: 'create' | 'change' | 'archive' | 'unarchive' | 'merge'
  board: number
  by: number
  before: Record<string, unknown>
  after: Record<string, unknown>
}

/** Two boards of a kind that are merged. What stands in the first, or refers to it, goes to the second. */
export interface MergedBoards {
  from: number
  into: number
}

/** What other subjects do in the verbs of boards, in the order of each list. */
export interface BoardSteps {
  boardChanged: readonly Step<BoardChange>[]
  /** Both boards are locked. After these steps, the row of the first is deleted. */
  boardsMerged: readonly Step<MergedBoards>[]
}
