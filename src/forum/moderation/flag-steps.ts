import type { Step } from '../step.ts'

/** A post that a member has flagged. */
export interface FlaggedPost {
  thread: { id: number }
  number: number
}

/** What other subjects do when a post is flagged. */
export interface FlagSteps {
  postFlagged: readonly Step<FlaggedPost>[]
}
