import type { Step } from '../step.ts'

/** A change of a board by an admin, with what it changed, from what to what. */
export interface BoardChange {
  kind: 'create' | 'change' | 'archive' | 'unarchive' | 'merge'
  board: number
  by: number
  before: Record<string, unknown>
  after: Record<string, unknown>
}

/** Two boards of a kind that become one: whatever stands in the first, or refers to it, goes over to the other. */
export interface MergedBoards {
  from: number
  into: number
}

/** What each verb of the boards also does, in the order of the lists. */
export interface BoardSteps {
  boardChanged: readonly Step<BoardChange>[]
  /** Both boards are locked; when all is done, the row of the first goes. */
  boardsMerged: readonly Step<MergedBoards>[]
}
