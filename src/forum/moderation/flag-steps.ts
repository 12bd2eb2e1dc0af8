import type { Step } from '../step.ts'

/** A member has told the moderators of a post. */
export interface FlaggedPost {
  thread: { id: number }
  number: number
}

/** What others do when a post is flagged. */
export interface FlagSteps {
  postFlagged: readonly Step<FlaggedPost>[]
}
